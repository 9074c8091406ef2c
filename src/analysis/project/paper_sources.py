"""Which files a paper is written in: its Quarto project, what the papers share, and what is a city's own."""

from pathlib import Path

from analysis.project.cities import City

DOCUMENTS = ("article", "report")
"""What a city's paper can be: about the article that its data are from, or a report for any city."""
PROJECT = ("_quarto.yml", ".gitignore")
"""What is written by hand in the folder of a paper, besides its documents; everything else there is made."""
STAGED = "article.qmd"
"""The text of a paper where it is staged, whichever it is."""
SHARED = ("_common.yml", "prepare.py", "references.bib")


def shared(root: Path) -> list[Path]:
    """Return what both papers use, beside the folder of each."""
    papers = root / "paper"
    return [*(papers / name for name in SHARED), *sorted((papers / "templates").iterdir())]


def document(city: City) -> str:
    """Return which document is the paper of a city, as its descriptor says."""
    return str(city.descriptor["city"].get("paper", "report"))


def project(city: City, lang: str) -> list[Path]:
    """Return what one paper is written in: its text comes first, then its head."""
    name, folder = document(city), city.root / "paper" / lang
    return [path for part in (f"{name}.qmd", f"_{name}.yml", *PROJECT) if (path := folder / part).is_file()]


def heads(city: City, lang: str) -> list[Path]:
    """Return what a paper takes over from elsewhere: its abstract in the other language, the citation."""
    head = f"_{document(city)}.yml"
    others = [path for path in sorted((city.root / "paper").glob(f"*/{head}")) if path.parent.name != lang]
    return [*others, *citation(city.root)]


def citation(root: Path) -> list[Path]:
    """Return how the compendium is to be cited, which says who wrote it and under what terms it is."""
    return sorted(root.glob("CITATION.cff"))


def every(root: Path, lang: str) -> list[Path]:
    """Return what the papers of all cities are written in, in one language."""
    parts = (*(part for name in DOCUMENTS for part in (f"{name}.qmd", f"_{name}.yml")), *PROJECT)
    return [path for part in parts if (path := root / "paper" / lang / part).is_file()]


def text(city: City, folder: Path) -> Path:
    """Return the text of a city's paper in the folder of its language; a staged one is named for all."""
    own = folder / f"{document(city)}.qmd"
    return own if own.is_file() else folder / STAGED


def own(city: City, lang: str) -> list[Path]:
    """Return what is written for one city alone: its passages, and the head of its papers."""
    folder = city.root / "paper" / "cities" / city.name
    return [*sorted(folder.glob(f"*.{lang}.md")), *sorted(folder.glob("metadata.yml"))]
