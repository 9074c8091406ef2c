"""What the forkserver does before it imports anything else: importing this module prepares its process.

Nothing that is preloaded may start a thread or open a zmq context: neither lives on in a forked process.
OpenBLAS, which comes with numpy, may: it ends its threads before a fork, and starts them when they are next
needed.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module

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
    """Import modules, and keep what there is then out of the garbage collector's sight.

    The collector would otherwise write to, and so have every kernel copy, all pages of what was imported.
    """
    for name in names:
        # What cannot be imported the notebook will complain about, if it needs it.
        with suppress(Exception):
            import_module(name)
    gc.collect()
    gc.freeze()


def _clean_path() -> list[str]:
    """Return the search path of a new interpreter: newer forkservers take on what their parent made of it."""
    command = [sys.executable, "-P", "-c", "import sys; print(*sys.path, sep='\\0', end='')"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")


# Ctrl-C is meant for the parent, which then ends this process.
os.setsid()
# matplotlib reads it when it is imported, in an ordinary kernel after the kernel has set it.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
sys.path[:] = _clean_path()
preload(LIBRARIES)
