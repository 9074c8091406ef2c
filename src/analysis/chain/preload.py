"""What the forkserver imports before it forks a kernel: importing this module is the preloading.

Nothing here may start a thread or open a zmq context, since neither lives on in a forked process. OpenBLAS,
which comes with numpy, may: it ends its threads before a fork, and starts them when they are next needed.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from contextlib import suppress
from importlib import import_module

from analysis.chain.code_files import PACKAGE, files_used_by
from analysis.project import cities
from analysis.table_list.entries import TABLES

LIBRARIES = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "psutil",
    "tornado.platform.asyncio",
    # Without matplotlib_inline.backend_inline, which looks for the kernel's shell when it is imported.
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "networkx",
    "pandas",
)


def _own_modules() -> list[str]:
    """Return the names of our own modules that the project's notebooks use, directly or not."""
    with suppress(FileNotFoundError):
        displays = {PACKAGE / entry.module("display") for entry in TABLES}
        notebooks = cities.project_root().glob("notebooks/*.ipynb")
        used = {*files_used_by(*notebooks, *displays), *displays}
        stems = [path.relative_to(PACKAGE).with_suffix("") for path in used if path.suffix == ".py"]
        return [".".join((PACKAGE.name, *stem.parts)) for stem in stems if stem.name != "__init__"]
    return []


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
for name in (*LIBRARIES, *_own_modules()):
    # What cannot be imported the notebook will complain about, if it needs it.
    with suppress(Exception):
        import_module(name)
gc.collect()
# The collector would otherwise write to, and so have every kernel copy, all pages of what was imported.
gc.freeze()
