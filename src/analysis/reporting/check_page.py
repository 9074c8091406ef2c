"""Write what is wrong with a city's raw package as a page: where, what was found, what is allowed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.language.formats import integer
from analysis.language.labels import LANGUAGES, Family, text
from analysis.language.problem_groups import arranged
from analysis.language.problems import Problem, visible
from analysis.project.atomic import write_text
from analysis.project.cities import City
from analysis.raw_data import raw
from analysis.raw_data.languages import name_of
from analysis.raw_data.package_form import DESCRIPTOR, check_form
from analysis.reporting.pages import render

MOST = 1_000
"""Problems that a page lists."""


def write_pages(
    city: City,
    problems: Sequence[Problem],
    *,
    stem: str = "check",
    notes: Mapping[str, Sequence[str]] | None = None,
    commands: Sequence[str] = (),
) -> dict[str, Path]:
    """Write ``<stem>.<lang>.html`` into the city's build folder, and return the pages by language.

    Parameters
    ----------
    city : City
        The city; its descriptor may be broken.
    stem : str
        ``check``, or ``import`` of a spreadsheet.
    notes : mapping, optional
        By language, sentences about what was examined.
    commands : sequence of str
        What to run next; without any, what a check leads to.
    """
    pages = {}
    for lang in LANGUAGES:
        pages[lang] = city.build / f"{stem}.{lang}.html"
        said = (notes or {}).get(lang, ())
        write_text(pages[lang], page(city, problems, lang, stem=stem, notes=said, commands=commands))
    return pages


def page(
    city: City,
    problems: Sequence[Problem],
    lang: str,
    *,
    stem: str = "check",
    notes: Sequence[str] = (),
    commands: Sequence[str] = (),
) -> str:
    """Return the page in `lang`, as one self-contained file; see `write_pages`."""
    told = arranged(problems)
    errors = sum(not problem.is_warning for problem in told)
    counted = {"errors": integer(errors, lang), "warnings": integer(len(told) - errors, lang)}
    more = integer(max(len(told) - MOST, 0), lang)
    return render(
        "check.html",
        lang=lang,
        words=Family("checkpage", lang),
        columns=Family("column", lang),
        note=text(f"{stem}page.note", lang),
        stem=stem,
        title=text(f"{stem}page.title", lang, city=_name(city, lang)),
        headline=text("checkpage.headline", lang, **counted) if problems else "",
        is_valid=not errors,
        notes=[visible(note) for note in notes],
        entries=[_entry(number, problem, lang) for number, problem in enumerate(told[:MOST], start=1)],
        more=text("checkpage.more", lang, n=more) if len(told) > MOST else "",
        next=text("checkpage.mend" if errors else "checkpage.go_on", lang),
        commands=commands or _commands(city, problems),
        files=[] if errors else _files(city, lang),
    )


def _name(city: City, lang: str) -> str:
    """Return the city's name, marked if it is made up; the name of its folder if the descriptor is broken."""
    if not (city.raw / DESCRIPTOR).is_file() or check_form(city):
        return city.name
    name = name_of(city.descriptor["city"], lang) or city.name
    return text("synthetic.mark", lang, words=name) if city.is_synthetic else name


def _entry(number: int, problem: Problem, lang: str) -> dict[str, Any]:
    return {
        "number": integer(number, lang),
        "is_warning": problem.is_warning,
        "weight": text(f"checkpage.{'warning' if problem.is_warning else 'error'}", lang),
        "file": problem.file,
        "spot": problem.spot(lang),
        "said": visible(problem.statement(lang)),
        "found": visible(problem.found.replace("”, “", ", ")),
        "allowed": visible(problem.allowed),
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
    errors = {problem.kind for problem in problems if not problem.is_warning}
    if not errors:
        return [f"compendium build {city.name}"]
    update = [f"compendium check {city.name} --update-hashes"] if "file.hash" in errors else []
    return [*update, f"compendium check {city.name}"]
