"""What the forkserver does before it imports anything else: importing this module prepares its process.

Nothing that is preloaded may start a thread or open a zmq context: neither lives on in a forked process.
OpenBLAS, which comes with numpy, may: it ends its threads before a fork, and starts them when they are next
needed.
"""

import fcntl
import gc
import os
import select
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from types import FrameType

LIBRARIES = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "psutil",
    "tornado.platform.asyncio",
)
"""What every kernel imports."""


def preload(names: Iterable[str]) -> None:
    """Import modules without the garbage collector, which finds next to nothing in what is imported."""
    gc.disable()  # A child enables it (`kernel_process.begin`); the forkserver does without.
    for name in names:
        # What cannot be imported the notebook will complain about, if it needs it.
        with suppress(Exception):
            import_module(name)


def end_with_parent() -> None:
    """Have this process end at once with its parent, even while it imports and does not look.

    The parent holds the other end of a pipe that the forkserver reads between requests. Linux signals
    the end of a pipe; the signal's default is to end the process.
    """
    pipe = _pipe_to_parent()
    if pipe is not None and sys.platform == "linux":
        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
        if select.select([pipe], [], [], 0)[0]:  # It ended before.
            os._exit(1)


def _pipe_to_parent() -> int | None:
    """Return the descriptor that `multiprocessing.forkserver.main`, which imports this, watches."""
    frame: FrameType | None = sys._getframe()
    while frame := frame and frame.f_back:
        if frame.f_code.co_name == "main" and "alive_r" in frame.f_locals:
            return int(frame.f_locals["alive_r"])
    return None


def _clean_path() -> list[str]:
    """Return the search path of a new interpreter: newer forkservers take on what their parent made of it."""
    command = [sys.executable, "-P", "-c", "import sys; print(*sys.path, sep='\\0', end='')"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")


end_with_parent()
# Ctrl-C is meant for the parent, which then ends this process.
os.setsid()
# matplotlib reads it when it is imported, in an ordinary kernel after the kernel has set it.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
sys.path[:] = _clean_path()
preload(LIBRARIES)
