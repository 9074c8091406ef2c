"""Which program renders the papers here, and in which version."""

import shutil
import subprocess
from functools import cache
from importlib.metadata import version


def settled(asked: str) -> str:
    """Return what "auto" stands for here, "quarto" where it is on the path, and any other name as it is."""
    if asked == "auto":
        return "quarto" if shutil.which("quarto") else "embedded"
    return asked


def named(renderer: str) -> str:
    """Return the program behind "quarto" or "embedded", with its version, as people know it."""
    if renderer == "quarto":
        return f"Quarto {quarto_version()}"
    import pypandoc  # noqa: PLC0415 - Quarto and an up-to-date build do without

    return f"pandoc {pypandoc.get_pandoc_version()}, Typst {version('typst')}"


@cache
def quarto_version() -> str:
    """Return the version of the Quarto on the path; "" without one."""
    quarto = shutil.which("quarto")
    if quarto is None:
        return ""
    done = subprocess.run([quarto, "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip()
