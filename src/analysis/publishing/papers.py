"""Make a city's paper in one language: stage all that rendering needs in its own folder, then render."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis.auditing import audit_tables, conclusion_tables
from analysis.auditing.issue_table import issue_table
from analysis.display.display_table import DisplayTable, city_name, marked
from analysis.language.formats import Result, display, integer
from analysis.language.labels import text
from analysis.language.problems import Problem
from analysis.project import cities
from analysis.project.atomic import write_text
from analysis.project.cities import City
from analysis.project.provenance import epoch
from analysis.publishing import docx_header, rendering
from analysis.publishing.markdown import escape, pipe_table
from analysis.publishing.paper_conditions import choose, flags
from analysis.publishing.paper_problems import PaperError, placed
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.results import rebuilt_files, sensitivity
from analysis.table_list.entries import BY_NAME
from analysis.table_list.formatting import format_table

SHORTCODE = re.compile(r"\{\{< var (?P<key>\S+) >\}\}")
CITY_INCLUDE = re.compile(r"\{\{< include city/(?P<name>\w+)\.md >\}\}")
FIGURE = re.compile(r"\]\(figures/(\w+)\)")
FRONT_MATTER = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)


def make(city: City, lang: str, *, renderer: str) -> None:
    """Stage a city's paper in one language and render it.

    Parameters
    ----------
    city, lang : City, str
        Whose paper, and in which language.
    renderer : {"auto", "quarto", "embedded"}
        See `rendering.choose`.

    Raises
    ------
    PaperError
        Naming everything in the sources that does not resolve, and where.
    """
    folder = city.build / "stage" / lang
    try:
        stage(city.name, lang, folder)
        rendering.render(folder, city.papers, lang, renderer=renderer, epoch=epoch(city.root))
    except PaperError as error:
        known = rebuilt_files.load_results(city.name)
        raise PaperError(placed(error.problems, _sources(city, lang), known)) from error


def _sources(city: City, lang: str) -> dict[str, Path]:
    """Return the sources of a city's paper: the article first, then the passages on the city."""
    folder = city.root / "paper"
    own = folder / "cities" / city.name
    paths = [folder / f"article.{lang}.qmd", *sorted(own.glob(f"*.{lang}.md")), *own.glob("metadata.yml")]
    return {path.relative_to(city.root).as_posix(): path for path in paths}


def stage(city: str, lang: str, folder: Path) -> None:
    """Fill `folder` with the sources of a city's paper, for Quarto or the embedded renderer.

    Parameters
    ----------
    city, lang : str
        Whose paper, and in which language.
    folder : Path
        Emptied first.

    Raises
    ------
    FileNotFoundError
        When a table, figure or source is missing.
    PaperError
        Naming every variable of the front matter that the city has no result for.
    """
    place, package = cities.find(city), raw.load(city)
    sources = place.root / "paper"
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(sources / "templates", folder / "templates")
    shutil.copy(sources / "references.bib", folder)
    found, results = rebuilt_files.load_audit(city), rebuilt_files.load_results(city)
    variables = _variables(place, results, found["counts"], lang)
    body = _stage_article(package, lang, variables, flags(package, results), folder)
    _stage_tables(package, found, lang, folder)
    for name in dict.fromkeys(FIGURE.findall(body)):
        for suffix in ("svg", "png"):
            (folder / "figures").mkdir(exist_ok=True)
            shutil.copy(place.figures / f"{name}.{lang}.{suffix}", folder / "figures" / f"{name}.{suffix}")
    write_text(folder / "_variables.yml", _yaml(_nested(variables)))
    running_head = text("paper.running_head", lang, city=city_name(package, lang))
    config = cities.read_yaml(sources / "_quarto.yml") | _words(lang) | {"running-head": running_head}
    write_text(folder / "_quarto.yml", _yaml(config))
    docx_header.write(folder / "templates" / "reference.docx", running_head)
    literal = json.dumps(running_head, ensure_ascii=False)
    write_text(folder / "running-head.typ", f"#let running-head = {literal}\n")


def _stage_article(
    package: Package, lang: str, variables: Mapping[str, str], has: frozenset[str], folder: Path
) -> str:
    """Write the article with its passages on the city; return its body."""
    city = package.city
    sources = city.root / "paper"
    document = (sources / f"article.{lang}.qmd").read_text(encoding="utf-8")
    front, body = _split(choose(document, has))
    front |= _city_front_matter(city, lang)
    if missing := [key for key in SHORTCODE.findall(str(front)) if key not in variables]:
        raise PaperError(Problem("prose.variable", "article", found=key) for key in missing)
    front = {key: _resolve(value, variables) for key, value in front.items()}
    front["title"] = marked(front["title"], package, lang)
    front["date"] = datetime.fromtimestamp(epoch(city.root), UTC).date().isoformat()
    write_text(folder / "article.qmd", f"---\n{_yaml(front)}---\n{body}")
    for name in CITY_INCLUDE.findall(body):
        source = sources / "cities" / city.name / f"{name}.{lang}.md"
        write_text(folder / "city" / f"{name}.md", source.read_text("utf-8") if source.is_file() else "\n")
    return body


def _stage_tables(package: Package, found: Mapping[str, Any], lang: str, folder: Path) -> None:
    """Write every rebuilt table of the city, and those of its audit, as Markdown."""
    for name, table in rebuilt_files.load_tables(package.city.name).items():
        shown = format_table(name, table, package, lang)
        write_text(folder / "tables" / f"{name}.md", pipe_table(shown, BY_NAME[name].paper_id))
    for name, shown in _audit_tables(found, package, lang).items():
        write_text(folder / "tables" / f"{name}.md", pipe_table(shown, f"tbl-{name}"))


def _audit_tables(found: Mapping[str, Any], package: Package, lang: str) -> dict[str, DisplayTable]:
    """Return the tables of the section on reproducibility by name."""
    # Columns are named, since a city without claims or evidence has no rows to infer them from.
    tried = pd.DataFrame(found["sensitivity"], columns=sensitivity.COLUMNS)
    return {
        "ledger": audit_tables.ledger_counts(found["counts"], package, lang),
        "conclusion": conclusion_tables.conclusion(tried, package, lang),
        "discrepancies": issue_table(found["issues"], package, lang),
    }


def _variables(
    city: City, results: Mapping[str, Result], counts: Mapping[str, int], lang: str
) -> dict[str, str]:
    """Return every variable of the papers as Markdown, by key."""
    block = city.descriptor["city"]
    shown = {key: display(result, lang) for key, result in results.items()}
    shown |= {f"ledger.{key}": integer(count, lang) for key, count in counts.items()}
    shown |= {"city.name": block[f"name_{lang}"], "city.province": block[f"province_{lang}"]}
    return {key: escape(value) for key, value in sorted(shown.items())}


def _split(document: str) -> tuple[dict[str, Any], str]:
    match = FRONT_MATTER.match(document)
    if match is None:
        raise ValueError("a paper starts with its front matter between two lines of ---")
    return yaml.safe_load(match["head"]), match["body"]


def _city_front_matter(city: City, lang: str) -> dict[str, Any]:
    path = city.root / "paper" / "cities" / city.name / "metadata.yml"
    return dict(cities.read_yaml(path)[lang]) if path.is_file() else {}


def _resolve(value: Any, variables: Mapping[str, str]) -> Any:
    """Fill in the variables of the front matter, which Quarto leaves unresolved in a page's title."""
    if isinstance(value, list):
        return [_resolve(item, variables) for item in value]
    return SHORTCODE.sub(lambda match: variables[match["key"]], str(value))


def _nested(variables: Mapping[str, str]) -> dict[str, Any]:
    """Turn ``{"a.b": "1"}`` into ``{"a": {"b": "1"}}``, as Quarto wants its variables."""
    tree: dict[str, Any] = {}
    for key, value in variables.items():
        *branch, leaf = key.split(".")
        node = tree
        for name in branch:
            node = node.setdefault(name, {})
        node[leaf] = value
    return tree


def _words(lang: str) -> dict[str, Any]:
    """Return the Quarto settings that name things in `lang`."""
    return {
        "lang": lang,
        "crossref": {
            "tbl-title": text("paper.table", lang),
            "tbl-prefix": text("paper.table", lang),
            "fig-title": text("paper.figure", lang),
            "fig-prefix": text("paper.figure", lang),
            "sec-prefix": text("paper.section", lang),
            "title-delim": ".",
        },
        "language": {
            "section-title-abstract": text("paper.abstract", lang),
            "title-block-keywords": text("paper.keywords", lang),
            "toc-title-document": text("paper.contents", lang),
            "section-title-references": text("paper.references", lang),
        },
    }


def _yaml(value: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(value), allow_unicode=True, sort_keys=False, width=1000)
