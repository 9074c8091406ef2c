"""Quarto runs this before it renders a paper: the project's environment writes what the paper includes.

Asked to render the whole project, Quarto is given both papers here, each a project of its own. This needs the
standard library alone, since Quarto takes whatever Python is on the path. A staged copy, which has no project
around it, is complete as it is.
"""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = (ROOT / ".venv/bin/python", ROOT / ".venv/Scripts/python.exe")
WORDS = ROOT / "src/analysis/language/labels.csv"


def main() -> int:
    """Prepare the paper in whose folder Quarto runs, or render both; return the exit status."""
    if Path.cwd() == ROOT:
        quarto = shutil.which("quarto", path=os.environ["QUARTO_BIN_PATH"])
        papers = (subprocess.run([quarto, "render", f"paper/{lang}"], check=False) for lang in ("id", "en"))
        return max(done.returncode for done in papers)
    if not WORDS.is_file():
        return 0
    lang, city = Path.cwd().name, os.environ.get("COMPENDIUM_CITY") or "bandung"
    python = next(filter(Path.is_file, PYTHONS), None)
    if python is None:
        with WORDS.open(encoding="utf-8", newline="") as rows:
            said = next(row[lang] for row in csv.DictReader(rows) if row["key"] == "prepare.no_environment")
        sys.stderr.write(f"{said}\n")
        return 1
    # Isolated: what Quarto's Python was told must not reach this one.
    command = [python, "-I", "-m", "analysis.publishing.preparing", city, lang]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


sys.exit(main())
