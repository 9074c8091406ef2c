"""How kernels start: forked from a process that has imported everything already, or as ordinary processes.

One forkserver serves all kernels of this process. It imports while this process goes on, and it ends with
this process, however that ends; so do the kernels. No kernel runs old code: when a module of the folder
`Kernels.code`, or an environment variable that is read only once, has changed, the next kernel comes from
a new forkserver.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.execution import private_parts
from analysis.execution.kernels import WAYS, Kernels

if TYPE_CHECKING:  # A Python without the private parts that they use could not import them.
    from analysis.execution.fork_server import ForkedProcess, Server
    from analysis.execution.kernel_process import KernelRequest

READ_ONCE = (
    *("PYTHON", "LC_", "LANG", "TZ", "HOME", "XDG_", "MPL", "IPYTHON", "JUPYTER"),
    *("OMP_", "OPENBLAS_", "MKL_"),
)
"""Prefixes of environment variables that Python, or a module while being imported, reads only once."""

log = logging.getLogger(__name__)


class ForkError(RuntimeError):
    """A kernel could not be forked."""


class _Forking:
    """Forkservers of this process, of which the last takes requests."""

    lock = threading.RLock()
    servers: list[Server] = []  # noqa: RUF012
    given_up = False
    told: set[str] = set()  # noqa: RUF012


def choose(kernels: Kernels) -> str:
    """Return how kernels are started: ``fork`` or ``spawn``.

    ``auto`` forks on Linux and other Unixes. It does not on macOS, where system libraries, numpy's linear
    algebra among them, may abort in a forked process; Python's `multiprocessing` gave it up there, too.

    Raises
    ------
    ValueError
        When the way is not one of `WAYS`.
    """
    way = kernels.way
    if way not in WAYS:
        raise ValueError(f"{way!r}: {', '.join(WAYS)}")
    possible = hasattr(os, "fork")
    if way == "fork" and not possible:
        give_up(kernels, "os.fork")
    if possible and way != "spawn" and (part := private_parts.missing()):
        give_up(kernels, part)
    safe = possible and (way == "fork" or sys.platform != "darwin")
    return "fork" if way != "spawn" and safe and not _Forking.given_up else "spawn"


def warm(kernels: Kernels) -> None:
    """Start the forkserver, unless kernels are not forked; it imports while this process goes on."""
    if choose(kernels) == "fork":
        try:
            _server(kernels)
        except Exception as error:
            give_up(kernels, repr(error))


def is_started() -> bool:
    """Return whether this process has a forkserver."""
    return bool(_Forking.servers)


def stop() -> None:
    """End the forkserver, where there is one. A running kernel goes on, but ends with this process."""
    with _Forking.lock:
        while _Forking.servers:
            _Forking.servers.pop().stop()


def give_up(kernels: Kernels, reason: str) -> None:
    """Log why kernels cannot be forked, and start ordinary ones in this process from now on."""
    with _Forking.lock:
        if not _Forking.given_up:
            tell(kernels, reason)
        _Forking.given_up = True
        if _Forking.servers:
            _Forking.servers[-1].retire()


def tell(kernels: Kernels, reason: str) -> None:
    """Log why a kernel is an ordinary one, once for each reason."""
    if reason not in _Forking.told:
        _Forking.told.add(reason)
        log.warning("%s", kernels.notice.format(reason=reason))


def differing(env: Mapping[str, str]) -> list[str]:
    """Name the variables, of those that are read only once, that keep a kernel from being forked."""
    theirs, ours = _read_once(env), _read_once(os.environ)
    return sorted(name for name in theirs | ours if theirs.get(name) != ours.get(name))


def fork(kernels: Kernels, request: KernelRequest, stdout: int, stderr: int) -> ForkedProcess:
    """Fork a kernel that writes to the descriptors `stdout` and `stderr`, and return when it listens.

    Raises
    ------
    ForkError
        When that failed or took too long; no process is left then.
    """
    from analysis.execution.fork_server import ForkedProcess  # noqa: PLC0415 - see above

    reader, writer = os.pipe()
    with os.fdopen(reader, "rb", buffering=0) as ready:
        try:
            with os.fdopen(writer, "wb") as announced, _Forking.lock:
                ends = _server(kernels).connect_to_new_process([stdout, stderr, announced.fileno()])
            process = ForkedProcess(*ends)
            process.start(request, ready)
        except Exception as error:
            raise ForkError(repr(error)) from error
    return process


def fork_call(kernels: Kernels, packed: bytes) -> tuple[ForkedProcess, int]:
    """Fork a process for a packed request; return it, and the descriptor from which its answer is read.

    Raises
    ------
    ForkError
        As `fork`.
    """
    from analysis.execution.fork_server import ForkedProcess  # noqa: PLC0415 - see above

    reader, writer = os.pipe()
    try:
        with os.fdopen(writer, "wb") as answer, _Forking.lock:
            ends = _server(kernels).connect_to_new_process([1, 2, answer.fileno()])
        process = ForkedProcess(*ends)
        try:
            process.send(packed)
        except BaseException:
            process.abandon()
            raise
    except Exception as error:
        os.close(reader)
        raise ForkError(repr(error)) from error
    return process, reader


def _server(kernels: Kernels) -> Server:
    """Return the running forkserver, a new one if what the last one imported has changed."""
    from analysis.execution.fork_server import Server  # noqa: PLC0415 - see above

    with _Forking.lock:
        watched = _stamps(kernels.code) if kernels.code else {}
        circumstances = (os.getpid(), _read_once(os.environ), kernels.preload, watched)
        last = _Forking.servers[-1] if _Forking.servers else None
        if last is None or last.circumstances != circumstances:
            if last is None:
                atexit.register(stop)
            else:
                last.retire()
            last = Server(kernels.preload, circumstances)
            _Forking.servers.append(last)
        last.ensure_running()
        return last


def _read_once(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(READ_ONCE)}


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the size of each module in a folder, and when it was last written."""
    found = {}
    for path in folder.rglob("*.py"):
        with suppress(FileNotFoundError):  # An editor's temporary file.
            status = path.stat()
            found[str(path)] = status.st_mtime_ns, status.st_size
    return found
