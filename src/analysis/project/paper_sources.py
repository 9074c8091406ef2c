"""Which files a paper is written in: its Quarto project, what the papers share, and what is a city's own."""

from __future__ import annotations

from pathlib import Path

from analysis.project.cities import City

PROJECT = ("article.qmd", "_front.yml", "_quarto.yml", ".gitignore")
"""What is written by hand in the folder of a paper; everything else there is made."""
SHARED = ("_common.yml", "prepare.py", "references.bib")


def shared(root: Path) -> list[Path]:
    """Return what both papers use, beside the folder of each."""
    papers = root / "paper"
    return [*(papers / name for name in SHARED), *sorted((papers / "templates").iterdir())]


def project(root: Path, lang: str) -> list[Path]:
    """Return what one paper is written in; the article comes first."""
    return [path for name in PROJECT if (path := root / "paper" / lang / name).is_file()]


def own(city: City, lang: str) -> list[Path]:
    """Return what is written for one city alone: its passages, and the head of its papers."""
    folder = city.root / "paper" / "cities" / city.name
    return [*sorted(folder.glob(f"*.{lang}.md")), *sorted(folder.glob("metadata.yml"))]
