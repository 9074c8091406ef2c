"""An IPython extension: a failing command fails its cell, and no file takes the place of a library."""

from __future__ import annotations

import subprocess
import sys
from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """Have a command that fails (``!false``) raise an error, and modules looked for in libraries first."""
    sys.path.append("")  # The working directory; IPython puts it first where it is not told to ignore it.
    run = shell.system

    def system(command: str) -> None:
        run(command)
        if status := shell.user_ns.get("_exit_code", 0):
            raise subprocess.CalledProcessError(status, command)

    shell.system = system
