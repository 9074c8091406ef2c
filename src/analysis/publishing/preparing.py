"""Write into the folder of a paper what its source includes of a city: tables, figures, passages, settings.

``python -m analysis.publishing.preparing CITY LANG`` does so in ``paper/LANG``. ``paper/prepare.py`` calls it
before Quarto renders a paper there.
"""

import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

import pandas as pd
import yaml

from analysis.auditing import audit_tables, conclusion_tables
from analysis.auditing.issue_table import issue_table
from analysis.display.display_table import DisplayTable
from analysis.display.svg_files import description_of
from analysis.language.formats import Result
from analysis.language.glossary import emphasised
from analysis.language.labels import text
from analysis.project import cities, paper_sources
from analysis.project.atomic import write_bytes
from analysis.project.cities import City, UnknownCityError
from analysis.publishing import declarations, docx_header, paper_metadata
from analysis.publishing.markdown import escape, pipe_table
from analysis.publishing.variables import variables
from analysis.raw_data import raw
from analysis.raw_data.languages import OneLanguageError, only
from analysis.raw_data.raw import Package
from analysis.results import rebuilt_files, sensitivity
from analysis.results.not_built import NotBuiltError
from analysis.table_list.entries import BY_NAME
from analysis.table_list.formatting import format_table, unrecorded

VARIABLE = re.compile(r"\{\{< var (?P<key>\S+) >\}\}")
INCLUDE = re.compile(r"\{\{< include (?P<path>\S+) >\}\}")
FIGURE = re.compile(r"\]\(figures/(\w+)\)")
FIGURE_SOURCE = re.compile(r"\]\(figures/(\w+)\)\{#(fig-[\w-]+)")
"""A figure of a paper: its name, and how the paper refers to it."""
KEYED = re.compile(r"^\[(?P<value>.*)\]\{[^{}]*\}$")
PICTURES = {"svg": ".svg", "narrow.svg": "_narrow.svg", "png": ".png"}
"""How the files of a figure end in the folder of a paper, by format."""
PRINTED = ("conclusion", "number", "method")
"""Weights of the issues that a paper prints; the checking sheet has all."""
FOLDERS = ("city", "figures", "tables")
"""Folders of a paper that hold nothing else than what is prepared."""
RENDERED = "_output"
"""Folder of a paper into which Quarto renders."""
MADE = "made"
"""Class of the words that say by which notebook a table was made."""
CITY_SETTINGS = "_city.yml"
"""What Quarto is told of the city: which document is its, what its head says, which conditions hold."""
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""Eight times as quick, where libyaml is there."""
ABSENT = "\ue002?var:{key}"
"""What a variable says that the city has no result for: a mark that no data have, and Quarto's own words."""


def prepare(city: str, lang: str, folder: Path) -> None:
    """Write what a paper includes; a file that is there already and the same stays untouched, others go.

    What Quarto rendered of another city goes too: it has the same names, to which a page links.

    Raises
    ------
    NotBuiltError
        When the city was not built yet.
    OneLanguageError
        When the city's texts are not in that language.
    """
    wanted = prepared(city, lang, folder)
    settings = folder / CITY_SETTINGS
    if settings.is_file() and cities.read_yaml(settings).get("city") != city:
        shutil.rmtree(folder / RENDERED, ignore_errors=True)
    there = [path for name in FOLDERS for path in (folder / name).rglob("*") if path.is_file()]
    for path in there:
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    for name, content in wanted.items():
        path = folder / name
        if not (path.is_file() and path.read_bytes() == content):
            write_bytes(path, content)


def make_room(city: City, folder: Path) -> None:
    """Have an editor find the paper in a folder that is not prepared: list it, with its included files empty.

    Asked for a document by name, Quarto wants them before anything is prepared. One that is not listed must
    not find all of its files: Quarto would render it outside of the project, without a single number.
    """
    settings = folder / CITY_SETTINGS
    listed = cities.read_yaml(settings) if settings.is_file() else {}
    if not listed.get("project"):
        listed = {**listed, **_listing(paper_sources.text(city, folder))}
        write_bytes(settings, _yaml(listed).encode())
    for document in listed["project"]["render"]:
        for name in INCLUDE.findall((folder / document).read_text("utf-8")):
            if not (folder / name).exists():
                write_bytes(folder / name, b"\n")


def _listing(document: Path) -> dict[str, Any]:
    """Return what has Quarto render a document and no other."""
    return {"project": {"render": [document.name]}}


def prepared(city: str, lang: str, folder: Path) -> dict[str, bytes]:
    """Return every file that a paper needs of a city, by its path in the folder of the paper."""
    place, package = cities.find(city), raw.load(city)
    package.language(lang)
    if not place.figures.is_dir():
        raise NotBuiltError(city)
    found, results = rebuilt_files.load_audit(city), rebuilt_files.load_results(city)
    document = paper_sources.text(place, folder)
    head_matter = paper_metadata.metadata(package, results, lang) | _listing(document) | {"city": city}
    for other in package.languages:
        if other != lang:
            head_matter |= _other_abstract(place, results, found["counts"], other)
    passages = _passages(place, lang)
    source = "\n".join((document.read_text("utf-8"), _yaml(head_matter), *passages.values()))
    figures = _figures(place, lang, FIGURE.findall(source))
    metadata = _yaml(head_matter | {"in-words": _in_words(figures)})
    asked = VARIABLE.findall(source)
    shown = variables(place, results, found["counts"], lang, asked)
    # Quarto wants every file that an include names, also under a condition that does not hold.
    texts = dict.fromkeys(INCLUDE.findall(source), "\n")
    texts |= passages | _tables(package, found, lang)
    texts["tables/publication.md"] = declarations.declarations(place, lang)
    texts |= {"_variables.yml": _yaml(_nested(shown, asked)), CITY_SETTINGS: metadata}
    running = paper_metadata.running_head(package, lang)
    reference = docx_header.with_words(place.root / "paper/templates/reference.docx", running)
    return {name: words.encode() for name, words in texts.items()} | {"reference.docx": reference, **figures}


def _other_abstract(
    city: City, results: Mapping[str, Result], counts: Mapping[str, int], other: str
) -> dict[str, Any]:
    """Return the abstract and keywords in the other language, with the values as that language has them."""
    head = paper_metadata.front_matter(city, other)
    if not head.get("abstract"):
        return {}
    values = variables(city, results, counts, other, VARIABLE.findall(head["abstract"]))
    words = VARIABLE.sub(lambda match: _bare(values, match["key"]), head["abstract"])
    return {
        "other-abstract": {
            "lang": other,
            "title": text("paper.abstract", other),
            "text": words,
            "keywords-title": text("paper.keywords", other),
            "keywords": head.get("keywords", []),
        }
    }


def _bare(values: Mapping[str, str], key: str) -> str:
    """Return a value without what leads to its place."""
    return KEYED.sub(r"\g<value>", values.get(key, ABSENT.format(key=key)))


def _in_words(figures: Mapping[str, bytes]) -> dict[str, str]:
    """Return what each figure shows, in words, by its name: the text that stands for it."""
    ending = PICTURES["narrow.svg"]
    drawn = {PurePath(name).name: content for name, content in figures.items() if name.endswith(ending)}
    return {name.removesuffix(ending): escape(description_of(svg)) for name, svg in drawn.items()}


def _passages(city: City, lang: str) -> dict[str, str]:
    own = (city.root / "paper/cities" / city.name).glob(f"*.{lang}.md")
    return {
        f"city/{path.name.removesuffix(f'.{lang}.md')}.md": path.read_text("utf-8") for path in sorted(own)
    }


def _figures(city: City, lang: str, names: list[str]) -> dict[str, bytes]:
    """Return the figures that a paper shows; Quarto wants no dot in the stem of a picture."""
    files = {
        f"figures/{name}{ending}": city.figures / f"{name}.{lang}.{file_format}"
        for name in names
        for file_format, ending in PICTURES.items()
    }
    return {name: path.read_bytes() for name, path in files.items() if path.is_file()}


def _tables(package: Package, found: Mapping[str, Any], lang: str) -> dict[str, str]:
    rebuilt = rebuilt_files.load_tables(package.city.name)
    shown = {name: format_table(name, table, package, lang) for name, table in rebuilt.items()}
    absent = unrecorded(package, lang)
    of_audit = _audit_tables(found, package, lang)
    written = [
        *((name, one, BY_NAME[name].paper_id, "") for name, one in absent.items()),
        *(
            (name, one, BY_NAME[name].paper_id, _source(BY_NAME[name].step, name, lang))
            for name, one in shown.items()
        ),
        *((name, one, f"tbl-{name}", _source("ledger", "ledger", lang)) for name, one in of_audit.items()),
    ]
    return {
        f"tables/{name}.md": pipe_table(one, identifier, source, lang)
        for name, one, identifier, source in written
    }


def _source(notebook: str, stem: str, lang: str) -> str:
    """Name the notebook and the file that a table is from, in words that know which."""
    words = emphasised(escape(text("paper.made", lang, notebook=notebook, file=f"{stem}.csv")), lang)
    return f'[{words}]{{.{MADE} key="{stem}"}}'


def _audit_tables(found: Mapping[str, Any], package: Package, lang: str) -> dict[str, DisplayTable]:
    # Columns are named, since a city without claims or evidence has no rows to infer them from.
    tried = pd.DataFrame(found["sensitivity"], columns=sensitivity.COLUMNS)
    return {
        "ledger": audit_tables.ledger_counts(found["counts"], package, lang),
        "conclusion": conclusion_tables.conclusion(tried, package, lang),
        "discrepancies": issue_table(
            [one for one in found["issues"] if one["weight"] in PRINTED], package, lang
        ),
    }


def _nested(variables: Mapping[str, str], asked: list[str]) -> dict[str, Any]:
    """Turn ``{"a.b": "1"}`` into ``{"a": {"b": "1"}}``, with what is absent."""
    tree: dict[str, Any] = {}
    for key in dict.fromkeys((*variables, *asked)):
        *branch, leaf = key.split(".")
        node: Any = tree
        for name in branch:
            node = node.setdefault(name, {}) if isinstance(node, dict) else None
        if isinstance(node, dict):
            node.setdefault(leaf, variables.get(key, ABSENT.format(key=key)))
    return tree


def _yaml(value: Mapping[str, Any]) -> str:
    dumped: str = yaml.dump(dict(value), Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=1000)
    return dumped


def main(city: str, lang: str) -> str:
    """Prepare the paper that Quarto is about to render; return why it cannot be, or ""."""
    try:
        prepare(city, lang, cities.project_root() / "paper" / lang)
    except UnknownCityError as error:
        return error.message(lang)
    except OneLanguageError as error:
        return only(city, error.spoken, lang)
    except FileNotFoundError:
        return text("prepare.not_built", lang, city=city)
    return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) or None)
