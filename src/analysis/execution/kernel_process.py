"""What a forked kernel does from beginning to end, in the process that the forkserver forked.

The process begins as a copy of the forkserver, and first takes on what an ordinary kernel is started with.
Remaining differences from an ordinary kernel:

- what was preloaded is in ``sys.modules`` at once, with its loggers and its filters of
  warnings, and out of the garbage collector's sight; a warning that an import gives is in no cell's output;
- strings hash alike in all kernels of a forkserver, also where ``PYTHONHASHSEED`` is not set;
- ``sys.orig_argv`` is the forkserver's.
"""

import atexit
import gc
import logging
import os
import pickle
import signal
import sys
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from multiprocessing import forkserver, util

LAUNCHER = "ipykernel_launcher"
END_TIMEOUT = 5.0
"""Seconds that a kernel waits for its control thread to end."""


@dataclass(frozen=True)
class KernelRequest:
    """A request to a child of the forkserver: a kernel with these arguments, folder and environment.

    The forkserver's child unpickles what it is sent and calls its ``_bootstrap``. Were that of a
    `multiprocessing.Process`, it would import the parent's ``__main__`` again, and notebooks run in a child.
    """

    arguments: tuple[str, ...]
    folder: str
    env: dict[str, str]

    def _bootstrap(self, lifeline: int) -> int:
        """Be the kernel until it ends, or the parent does and so closes `lifeline`; return the exit code."""
        ready = begin(self.folder, self.env, lifeline)
        sys.argv = [_launcher_file(), *self.arguments]
        try:
            _serve(list(self.arguments), partial(_announce, ready))
        except SystemExit as error:
            return error.code if isinstance(error.code, int) else int(error.code is not None)
        finally:
            finish()
        return 0


def pack(request: object) -> bytes:
    """Return a request as a child of the forkserver reads it: how it is to begin, and what it is to do."""
    return pickle.dumps({}) + pickle.dumps(request)


def begin(folder: str, env: dict[str, str], lifeline: int) -> int:
    """Make a process of its own of a child of the forkserver; return where its parent waits for its word.

    Once the parent ends, and so closes `lifeline`, the child ends with all that it has started. The garbage
    collector does not see what was there before: it would write to, and so copy, all pages of it.
    """
    gc.freeze()
    gc.enable()
    stdout, stderr, ready = forkserver.get_inherited_fds() or []
    os.setsid()
    _redirect(stdout, stderr)
    _renew_exit_handlers()
    _renew_random_numbers()
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    threading.Thread(target=_end_with_parent, args=(lifeline,), name="Lifeline", daemon=True).start()
    return ready


def _redirect(stdout: int, stderr: int) -> None:
    """Give the process its own streams, also for code that writes to them below Python."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (stdout, 1), (stderr, 2)):
        os.dup2(source, target)
        os.close(source)


def _renew_exit_handlers() -> None:
    """Drop the forkserver's exit handlers, except those of Python's own modules.

    Newer versions of `multiprocessing.forkserver` drop all of it in every child.
    """
    atexit._clear()
    for handler in (logging.shutdown, weakref.finalize._exitfunc, util._exit_function):  # type: ignore[attr-defined]
        atexit.register(handler)


def _renew_random_numbers() -> None:
    """Seed numpy afresh if it was seeded before the fork; Python sees to its own generator."""
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _launcher_file() -> str:
    spec = find_spec(LAUNCHER)
    return (spec and spec.origin) or LAUNCHER


def _end_with_parent(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.killpg(os.getpid(), signal.SIGKILL)


def _announce(ready: int) -> None:
    os.write(ready, b"!")
    os.close(ready)


def _serve(arguments: list[str], announce: Callable[[], None]) -> None:
    """Run the kernel application, and call `announce` as soon as its loop runs."""
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - the parent can do without
    from tornado.ioloop import IOLoop  # noqa: PLC0415

    app = IPKernelApp.instance()
    # That is, it has a parent, but not to watch: the lifeline does, and its parent process is the forkserver.
    app.parent_handle = 1
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    IOLoop.current().add_callback(announce)
    app.start()  # type: ignore[no-untyped-call]
    if app.control_thread:
        # Before the thread that carries its output ends, on which it would wait in vain for seconds.
        app.control_thread.stop()
        app.control_thread.join(END_TIMEOUT)


def finish() -> None:
    """Do what an interpreter does at its end, since forked children leave by `os._exit`."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    util._flush_std_streams()  # type: ignore[attr-defined]
