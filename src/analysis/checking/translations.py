"""A language that some of a city's texts are in has them all: a text that is blank in it is a problem."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.checking.plausibility import INVISIBLE
from analysis.language.problems import Problem
from analysis.raw_data.languages import OPTIONAL, translated
from analysis.raw_data.package_form import DESCRIPTOR
from analysis.raw_data.publication import BLOCK, TRANSLATED
from analysis.raw_data.raw import TITLE, Package


def check_translated(package: Package) -> Iterator[Problem]:
    """Yield every text that is blank in a language in which the city has others, with the place of one."""
    for lang in package.languages:
        blank = [one for name in package.frames for one in _blank_cells(package, name, lang)]
        first = next(_filled(package, lang), "")
        for file, row, column in blank:
            yield Problem(f"text.blank_{lang}", file, row, column, found=first)
        for part in _blank_titles(package.descriptor, lang):
            yield Problem(f"text.blank_{lang}", DESCRIPTOR, None, part, found=first or f"city.name_{lang}")
        for part in _blank_statements(package.descriptor, package.languages, lang):
            yield Problem(f"text.unsaid_{lang}", DESCRIPTOR, None, part, is_warning=True)


def _blank_cells(package: Package, name: str, lang: str) -> Iterator[tuple[str, int, str]]:
    """Yield the cells of a raw file that hold no text, though the row has to have one."""
    frame = package.frames[name]
    for stem in translated(name):
        if stem in OPTIONAL or f"{stem}_{lang}" not in frame:
            continue
        is_blank = _is_blank(frame[f"{stem}_{lang}"])
        for row in frame.index[is_blank]:
            yield f"{name}.csv", int(row), f"{stem}_{lang}"


def _is_blank(cells: pd.Series) -> pd.Series:
    return cells.astype("str").map(lambda cell: not cell or INVISIBLE.fullmatch(cell) is not None)


def _filled(package: Package, lang: str) -> Iterator[str]:
    """Yield where there are texts in a language."""
    for name, frame in package.frames.items():
        for column in (f"{stem}_{lang}" for stem in translated(name)):
            if column in frame and not _is_blank(frame[column]).all():
                yield f"{name}.csv, {column}"


def _blank_titles(descriptor: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield the sources of raw files that have no title in a language."""
    for resource in descriptor.get("resources", []):
        for number, one in enumerate(resource.get("sources", [])):
            if not str(one.get(TITLE[lang]) or "").strip():
                yield f"{resource['name']}.sources[{number}].{TITLE[lang]}"


def _blank_statements(descriptor: Mapping[str, Any], spoken: tuple[str, ...], lang: str) -> Iterator[str]:
    """Yield the statements about the papers that are made in another language of the city only."""
    said = descriptor.get(BLOCK) or {}
    for name in TRANSLATED:
        if not said.get(f"{name}_{lang}") and any(said.get(f"{name}_{one}") for one in spoken):
            yield f"{BLOCK}.{name}_{lang}"
