"""Start the command line, out of reach of what lies on PYTHONPATH.

It stands beside the package, so that it is found where another module has the package's name.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command line, or name the library that it cannot load."""
    set_aside(os.environ.pop("PYTHONPATH", ""))
    try:
        from analysis.cli import main as run  # noqa: PLC0415 - not before the path is in order
    except ImportError as error:
        from analysis.language.labels import default_language, unloadable  # noqa: PLC0415

        sys.exit(unloadable(error, default_language()))
    run()


def set_aside(pythonpath: str) -> None:
    """Have the folders on PYTHONPATH searched last, so that no file there takes the place of a library."""
    folders = {Path(folder).resolve() for folder in pythonpath.split(os.pathsep) if pythonpath}
    sys.path.sort(key=lambda folder: Path(folder).resolve() in folders)


if __name__ == "__main__":
    main()
