"""The licences of everything that a build installs, from the metadata of what is installed here.

``python tests/licences.py`` writes the table of `docs/licences.md` anew, as ``make lock`` does.
"""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
PREFIX = "License :: "
DOCUMENT = ROOT / "docs/licences.md"
HEAD = "| Package | Licence |\n|---|---|\n"


def licence(name: str) -> str:
    """Return what the metadata of an installed package say; "" where it is not installed."""
    try:
        known = metadata(name)
    except PackageNotFoundError:
        return ""
    lines = known.get_all("Classifier") or []
    classified = [line.split(" :: ")[-1] for line in lines if line.startswith(PREFIX)]
    named = "; ".join(one for one in classified if one != "OSI Approved")
    return known.get("License-Expression") or named or (known.get("License") or "").partition("\n")[0]


def installed() -> dict[str, str]:
    """Return the licence of each package of the lock that is installed here."""
    names = re.findall(r"^([a-z0-9_.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    return {name: found for name in names if (found := licence(name))}


def document() -> str:
    """Return the document with its table written anew."""
    words = DOCUMENT.read_text("utf-8").partition(HEAD)[0]
    return words + HEAD + "".join(f"| {name} | {found} |\n" for name, found in installed().items())


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
