"""An IPython extension: a command that fails (``!false``) fails its cell, as an exception does."""

import subprocess
from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """Have the shell raise an error for a command with another exit status than 0."""
    run = shell.system

    def system(command: str) -> None:
        run(command)
        if status := shell.user_ns.get("_exit_code", 0):
            raise subprocess.CalledProcessError(status, command)

    shell.system = system
