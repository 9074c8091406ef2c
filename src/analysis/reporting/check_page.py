"""Write what is wrong with a city's raw package as a page: where, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.language.formats import integer
from analysis.language.labels import LANGUAGES, text, texts
from analysis.language.problems import Problem, arranged, visible
from analysis.project.atomic import write_text
from analysis.project.cities import City
from analysis.raw_data import raw
from analysis.raw_data.package_form import check_form
from analysis.reporting.pages import render

WORDS = (
    *("subtitle", "skip", "problems", "problem", "found", "allowed", "nearest", "valid", "note"),
    *("files", "files_note"),
)
COLUMNS = ("place", "remedy", "file", "title", "records")


def write_pages(city: City, problems: Sequence[Problem]) -> dict[str, Path]:
    """Write ``check.<lang>.html`` into the city's build folder, and return the pages by language.

    Parameters
    ----------
    city : City
        The city; its descriptor may be broken.
    problems : sequence of Problem
        As `validation.check` returns them.
    """
    pages = {}
    for lang in LANGUAGES:
        pages[lang] = city.build / f"check.{lang}.html"
        write_text(pages[lang], page(city, problems, lang))
    return pages


def page(city: City, problems: Sequence[Problem], lang: str) -> str:
    """Return the page in `lang`, as one self-contained file."""
    errors = sum(not problem.is_warning for problem in problems)
    counted = {"errors": integer(errors, lang), "warnings": integer(len(problems) - errors, lang)}
    return render(
        "check.html",
        lang=lang,
        words=texts("checkpage", WORDS, lang) | texts("column", COLUMNS, lang),
        title=text("checkpage.title", lang, city=_name(city, lang)),
        headline=text("checkpage.headline", lang, **counted) if problems else "",
        is_valid=not errors,
        entries=[_entry(number, problem, lang) for number, problem in enumerate(arranged(problems), start=1)],
        next=text("checkpage.mend" if errors else "checkpage.go_on", lang),
        commands=_commands(city, problems),
        files=[] if errors else _files(city, lang),
    )


def _name(city: City, lang: str) -> str:
    """Return the city's name, marked if it is made up; the name of its folder if the descriptor is broken."""
    if check_form(city):
        return city.name
    name = str(city.descriptor["city"].get(f"name_{lang}") or city.name)
    return text("synthetic.mark", lang, words=name) if city.is_synthetic else name


def _entry(number: int, problem: Problem, lang: str) -> dict[str, Any]:
    return {
        "number": integer(number, lang),
        "is_warning": problem.is_warning,
        "weight": text(f"checkpage.{'warning' if problem.is_warning else 'error'}", lang),
        "file": problem.file,
        "spot": problem.spot(lang),
        "said": visible(problem.statement(lang)),
        "found": visible(problem.found),
        "allowed": visible(problem.expected),
        "nearest": visible(problem.nearest),
        "remedy": _with_code(visible(problem.remedy(lang))),
    }


def _with_code(remedy: str) -> list[tuple[str, bool]]:
    """Split a text at its backticks: parts, and whether each is code."""
    parts = remedy.split("`")
    if len(parts) % 2 == 0:
        return [(remedy, False)]
    return [(part, n % 2 == 1) for n, part in enumerate(parts) if part]


def _files(city: City, lang: str) -> list[tuple[str, str, str]]:
    """Return name, title and number of records of every file of a valid package."""
    listed = raw.list_files(raw.load(city.name))
    records = [integer(int(n), lang) for n in listed["records"]]
    return list(zip(listed["file"], listed[raw.TITLE[lang]], records, strict=True))


def _commands(city: City, problems: Sequence[Problem]) -> list[str]:
    """Return the commands that come next: check again, or build."""
    errors = {problem.kind for problem in problems if not problem.is_warning}
    if not errors:
        return [f"compendium build {city.name}"]
    update = [f"compendium check {city.name} --update-hashes"] if "file.hash" in errors else []
    return [*update, f"compendium check {city.name}"]
