"""The forkserver that kernels are forked from, and a forked kernel as its manager sees it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.forkserver import ForkServer, read_signed
from typing import TYPE_CHECKING, Any

from analysis.execution.kernel_process import KernelRequest, pack

if TYPE_CHECKING:  # The forkserver imports it, by name.
    from analysis.execution import preloaded, preloading  # noqa: F401

FIRST, LAST = f"{__package__}.preloading", f"{__package__}.preloaded"
PARENT = "of_parent_"
"""With a process id, the end of a name that no module has: so `preloading` learns who its parent is."""
START_TIMEOUT = 60.0
"""Seconds until a kernel must be forked (the first one waits for imports), and until it listens."""


class Server(ForkServer):
    """Our own forkserver, free of others' ``__main__`` and preloading.

    Parameters
    ----------
    preload : sequence of str
        Names of the modules that it imports after it has prepared itself.
    circumstances : object
        What its kernels depend on; if that has changed, another server is needed.
    """

    _forkserver_pid: int | None
    _forkserver_alive_fd: int | None

    def __init__(self, preload: Sequence[str], circumstances: object) -> None:
        super().__init__()
        self.set_forkserver_preload([FIRST, f"{FIRST}.{PARENT}{os.getpid()}", *preload, LAST])
        self.circumstances = circumstances
        self._owner = os.getpid()

    def retire(self) -> None:
        """Let it end as soon as its last kernel has ended."""
        alive, self._forkserver_alive_fd = self._forkserver_alive_fd, None
        if alive is not None:
            os.close(alive)

    def stop(self) -> None:
        """End it now, even while it imports or has kernels, for which `multiprocessing` would wait."""
        self.retire()
        if self._forkserver_pid is not None and self._owner == os.getpid():
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._forkserver_pid, signal.SIGTERM)
                os.waitpid(self._forkserver_pid, 0)


class ForkedProcess:
    """A forked kernel, with the methods that jupyter_client uses of a `subprocess.Popen`.

    Parameters
    ----------
    status : int
        Descriptor from which the forkserver's messages are read: first the process id, finally the exit code.
    lifeline : int
        Descriptor to which the request is written; once it is closed the kernel ends.
    """

    stdin = stdout = stderr = None

    def __init__(self, status: int, lifeline: int) -> None:
        self._status, self._lifeline = os.fdopen(status, "rb", buffering=0), os.fdopen(lifeline, "wb")
        self._lock = threading.Lock()
        self.pid: int | None = None
        self.returncode: int | None = None

    def start(self, request: KernelRequest, ready: Any) -> None:
        """Send the request to the process, and wait until `ready` can be read: the kernel listens."""
        try:
            self.send(pack(request))
            _await(ready)
            if not ready.read(1):
                raise EOFError("the kernel ended before it was ready")
        except BaseException:
            self.abandon()
            raise

    def send(self, packed: bytes) -> None:
        """Send what `pack` made of a request to the process as soon as it is there."""
        _await(self._status)
        self.pid = read_signed(self._status.fileno())
        # Not earlier: a long environment does not fit in a pipe that nobody reads yet.
        self._lifeline.write(packed)
        self._lifeline.flush()

    def poll(self) -> int | None:
        """Return the exit code, or None while the process runs."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Return the exit code once the process has ended, or None after `timeout` seconds."""
        if self.returncode is None and wait([self._status.fileno()], timeout):
            with self._lock:
                if self.returncode is None:
                    self.returncode = self._last_word()
                    self._close()
        return self.returncode

    def send_signal(self, signum: int) -> None:
        """Send a signal to the process, if it is there."""
        if self.pid is not None and self.poll() is None:
            os.kill(self.pid, signum)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)

    def _last_word(self) -> int:
        try:
            return int(read_signed(self._status.fileno()))
        except EOFError:  # The forkserver was killed, and nobody else learns how its children end.
            return -signal.SIGKILL

    def abandon(self) -> None:
        """End the process, which nobody waits for."""
        with suppress(OSError):
            self.kill()
        self._close()

    def __del__(self) -> None:
        """End a process that nobody holds any more, as a `subprocess.Popen` would not."""
        self._close()

    def _close(self) -> None:
        self._status.close()
        with suppress(BrokenPipeError):  # What was not sent yet is no longer needed.
            self._lifeline.close()


def _await(stream: Any) -> None:
    if not wait([stream], START_TIMEOUT):
        raise TimeoutError(f"{START_TIMEOUT:.0f} s")
