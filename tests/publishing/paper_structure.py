"""What a paper is made of in each format, and how two renderings of it differ.

``python tests/publishing/paper_structure.py [CITY]`` (``make renderers``) renders a city's papers with both
renderers, from the stage of the last build, and prints what differs.
"""

import shutil
import sys
import tempfile
from difflib import unified_diff
from pathlib import Path

import pypdfium2
from bs4 import BeautifulSoup, Tag
from docx import Document
from docx.oxml.ns import qn

from analysis.language.labels import LANGUAGES
from analysis.project import cities
from analysis.project.provenance import epoch
from analysis.publishing.rendering import FORMATS, render

RENDERERS = ("embedded", "quarto")[: 2 if shutil.which("quarto") else 1]
"""The renderers of this machine."""
BLOCKS = ("h1", "h2", "h3", "h4", "p", "li", "tr", "img", "time", "figcaption")
DIVISIONS = {"table-caption", "table-note", "csl-entry"}


def differences(one: dict[str, Path], other: dict[str, Path]) -> list[str]:
    """Return how a paper differs from another in structure, as lines that begin with + or -."""
    return [
        f"{fmt} {line}"
        for fmt in FORMATS
        for line in unified_diff(structure(one[fmt]), structure(other[fmt]), lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]


def structure(path: Path) -> list[str]:
    """Return the parts of a paper in order: headings, paragraphs, rows, captions, notes, pictures, links."""
    return {".html": _of_page, ".pdf": _of_pages, ".docx": _of_document}[path.suffix](path)


def _of_page(path: Path) -> list[str]:
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    body = soup.find("body")
    assert isinstance(body, Tag)
    parts = [f"language {soup.html['lang']}", f"title {soup.title.text}"]
    parts += [f"{meta['name']}: {meta['content']}" for meta in soup.find_all("meta") if meta.get("name")]
    for block in body.find_all([*BLOCKS, "div"]):
        if block.name == "div" and not DIVISIONS & set(block.get("class", [])):
            continue
        where = block.find_parent(["tfoot", "thead"])
        links = [link["href"] for link in block.find_all("a")] if block.name != "div" else []
        cells = [cell.get_text() for cell in block.find_all(["th", "td"])]
        words = block.get("alt") or " ".join((" | ".join(cells) or block.get_text()).split())
        parts.append(" ".join(filter(None, (where and where.name, block.name, words, *links))))
    return parts + [f"anchor {tag['id']}" for tag in body.find_all(id=True)]


def _of_pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    known = document.get_metadata_dict()
    parts = [f"{name} {known[name]}" for name in ("Title", "Author", "Keywords", "CreationDate")]
    for number, page in enumerate(document, 1):
        lines = page.get_textpage().get_text_bounded().splitlines()
        parts += [f"page {number}: {' '.join(line.split())}" for line in lines]
    return parts


def _of_document(path: Path) -> list[str]:
    document = Document(str(path))
    body = document.element.body
    parts = [f"{one.style.name}: {' '.join(one.text.split())}" for one in document.paragraphs]
    for table in document.tables:
        parts += ["row " + " | ".join(cell.text for cell in row.cells) for row in table.rows]
    parts += [f"link {link.get(qn('w:anchor'))}" for link in body.iter(qn("w:hyperlink"))]
    parts += [f"mark {mark.get(qn('w:name'))}" for mark in body.iter(qn("w:bookmarkStart"))]
    return [*parts, *(f"head {one.text}" for one in document.sections[0].header.paragraphs)]


def renderings(stage: Path, out: Path, lang: str, now: int) -> dict[str, dict[str, Path]]:
    """Render a staged paper with every renderer of this machine; return outputs by renderer and format."""
    return {
        name: dict(zip(FORMATS, render(stage, out / name, lang, renderer=name, epoch=now), strict=True))
        for name in RENDERERS
    }


def main(name: str = "bandung") -> str:
    """Compare what the two renderers make of a city's papers; return what differs."""
    if "quarto" not in RENDERERS:
        return "Quarto is not on the path."
    city, lines = cities.find(name), []
    with tempfile.TemporaryDirectory() as folder:
        for lang in LANGUAGES:
            made = renderings(city.build / "stage" / lang / lang, Path(folder), lang, epoch(city.root))
            found = differences(made["embedded"], made["quarto"])
            lines += [f"{lang} {line}" for line in found]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) or None)
