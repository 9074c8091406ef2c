"""What the forkserver does before it imports anything else: importing this module prepares its process.

Nothing that is preloaded may start a thread or open a zmq context: neither lives on in a forked process.
OpenBLAS, which comes with numpy, may: it ends its threads before a fork, and starts them when they are next
needed.
"""

import gc
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from threading import Event, Thread

from analysis.execution.fork_server import PARENT

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


LOOK_EVERY = 0.1
"""Seconds between two looks whether the parent is there."""


def preload(names: Iterable[str]) -> None:
    """Import modules without the garbage collector, which finds next to nothing in what is imported."""
    gc.disable()  # A child enables it (`kernel_process.begin`); the forkserver does without.
    for name in names:
        # What cannot be imported the notebook will complain about, if it needs it.
        with suppress(Exception):
            import_module(name)


class ParentWatch:
    """Ends this process with its parent, for which a forkserver does not look while it imports.

    The pipe that it reads between requests does not tell: a request that waits holds the other end of it.
    """

    def __init__(self) -> None:
        self._over = Event()
        self._thread = Thread(target=self._look, args=(_parent(),), daemon=True)
        self._thread.start()

    def _look(self, parent: int) -> None:
        while os.getppid() == parent:
            if self._over.wait(LOOK_EVERY):
                return
        os._exit(1)

    def end(self) -> None:
        """Leave no thread behind: the forkserver is about to fork, and looks itself."""
        self._over.set()
        self._thread.join()


def _parent() -> int:
    """Return the process that started this one, also where it has ended already."""
    found = re.search(rf"{PARENT}(\d+)", sys.orig_argv[-1])
    return int(found[1]) if found else os.getppid()


def _clean_path() -> list[str]:
    """Return the search path of a new interpreter: newer forkservers take on what their parent made of it."""
    command = [sys.executable, "-P", "-c", "import sys; print(*sys.path, sep='\\0', end='')"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")


watch = ParentWatch()
# Ctrl-C is meant for the parent, which then ends this process.
os.setsid()
# matplotlib reads it when it is imported, in an ordinary kernel after the kernel has set it.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
sys.path[:] = _clean_path()
preload(LIBRARIES)
