"""Read what may be hostile in a child process with a cap of memory and time, so that nothing else suffers."""

import multiprocessing
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from analysis.intake.sheets import ImportProblem, UnreadableError, refuse
from analysis.language.problems import Problem

MEMORY = 700_000_000
"""Bytes that reading a file may take, where the system can limit them."""
SECONDS = 25
"""Time of a processor that reading a file may take."""
PATIENCE = 90
"""Seconds after which the child is ended whatever it does."""
SLOW = [-number for name in ("SIGXCPU", "SIGKILL") if (number := getattr(signal, name, 0))]
"""How a child ends that has used up its time."""
STATUS = Path("/proc/self/statm")

try:
    import resource
except ImportError:  # Windows, where time alone is limited
    resource = None  # type: ignore[assignment]


def confined(function: Callable[..., Any], *arguments: Any, file: str) -> Any:
    """Return what a function of a file returns, called in a child process under the caps above.

    Function, arguments and result are sent from one process to another.

    Raises
    ------
    UnreadableError
        That of the function, or one that names the cap that was reached.
    """
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(theirs, function, arguments, file), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads: the child has none
        child.start()
    theirs.close()
    answer = None
    try:
        with suppress(EOFError):
            answer = ours.recv() if ours.poll(PATIENCE) else None
        child.join(1)
    finally:
        ours.close()
        ended = child.exitcode
        child.kill()
        child.join()
    if answer is None:
        kind = "slow" if ended in (None, *SLOW) else "heavy"
        refuse(kind, file, expected=_limit(kind))
    if isinstance(answer, Problem):
        raise UnreadableError(answer)
    return answer[0]


def _limit(kind: str) -> str:
    return f"{MEMORY // 1_000_000} MB" if kind == "heavy" else str(SECONDS)


def _work(answer: Connection, function: Callable[..., Any], arguments: tuple[Any, ...], file: str) -> None:
    """Call the function, and send its result in a tuple, or what is wrong with the file."""
    _limit_resources()
    result: Any
    try:
        result = (function(*arguments),)
    except UnreadableError as refusal:
        result = refusal.problem
    except MemoryError:
        result = ImportProblem("heavy", file, expected=_limit("heavy"))
    except Exception as error:
        result = ImportProblem("damaged", file, found=type(error).__name__)
    try:
        answer.send(result)
    except MemoryError:
        answer.send(ImportProblem("heavy", file, expected=_limit("heavy")))


def _limit_resources() -> None:
    if not resource:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    with suppress(ValueError, OSError):
        pages = int(STATUS.read_text("ascii").split()[0]) if STATUS.exists() else 0  # already given
        most = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
