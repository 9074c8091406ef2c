"""Find out whether this Python has the private parts of its standard library that forking uses."""

from functools import cache
from importlib import import_module
from operator import attrgetter

PARTS = (
    ("multiprocessing.forkserver", "ForkServer"),
    ("multiprocessing.forkserver", "get_inherited_fds"),
    ("multiprocessing.forkserver", "read_signed"),
    ("multiprocessing.util", "_exit_function"),
    ("multiprocessing.util", "_flush_std_streams"),
    ("atexit", "_clear"),
    ("atexit", "_run_exitfuncs"),
    ("threading", "_shutdown"),
    ("weakref", "finalize._exitfunc"),
)
OF_SERVER = ("_forkserver_pid", "_forkserver_alive_fd")
"""Attributes of a forkserver."""


@cache
def missing() -> str:
    """Name the first part that this Python lacks; "" if it has all."""
    for module, name in PARTS:
        try:
            attrgetter(name)(import_module(module))
        except (ImportError, AttributeError):
            return f"{module}.{name}"
    server = attrgetter("ForkServer")(import_module("multiprocessing.forkserver"))()
    return next((f"ForkServer.{name}" for name in OF_SERVER if not hasattr(server, name)), "")
