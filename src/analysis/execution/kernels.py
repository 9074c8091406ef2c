"""How kernels are to be started; this module imports nothing heavy."""

from dataclasses import dataclass
from pathlib import Path

WAYS = ("auto", "fork", "spawn")


@dataclass(frozen=True)
class Kernels:
    """How kernels are to be started."""

    way: str = "auto"
    """Forked or as ordinary processes, see `forking.choose`: ``auto``, ``fork``, ``spawn``."""
    preload: tuple[str, ...] = ()
    """Modules that the forkserver imports before it forks, by their dotted names."""
    code: Path | None = None
    """Folder of modules that preloading may have imported: once one of them has changed, kernels come from a
    new forkserver.
    """
    notice: str = "ordinary kernels, without forking: {reason}"
    """What the log says if kernels cannot be forked, with a place for the ``{reason}``."""
