"""Report on the terminal how a spreadsheet was read, what is wrong with it, and what to do next."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.commands.terminal import command_line, say, shown_path, stop
from analysis.commands.terminal_tables import MOST, show_problems, show_rows
from analysis.intake import city_names
from analysis.intake.handouts import rows_read, write_handout
from analysis.intake.importing import ImportRefusedError, ImportReport
from analysis.intake.mapping import GROUPS, SHEET_NAME, ColumnChoice, InventoryMapping, SpellingChoice
from analysis.intake.mapping_files import save_draft
from analysis.intake.sheets import MAPPING, ImportProblem
from analysis.language.formats import integer
from analysis.language.headings import match_heading
from analysis.language.labels import text
from analysis.language.problem_groups import grouped
from analysis.language.problems import Problem
from analysis.language.synonyms import SURE
from analysis.language.terms import EXACT
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data.package_form import NAMES
from analysis.raw_data.schemas import schemas

BETWEEN = {SHEET_NAME: "sheets", GROUPS: "groups"}
"""What agencies may be read from that is no column, with how it is told."""


def again(
    city: str,
    block: Mapping[str, Any],
    source: Path | None,
    mapping: Path | None,
    *,
    force: bool = False,
    without_personal: bool = False,
) -> list[str]:
    """Return the arguments that repeat an import without asking for any name."""
    provinces = {key: str(block[key]) for key in NAMES if key.startswith("province") and block.get(key)}
    known = city_names.complete(city, provinces)
    arguments = ["new", city, *(["--from", str(source)] if source else []), *(["--force"] if force else [])]
    arguments += ["--mapping", str(mapping)] if mapping else []
    arguments += ["--without-personal"] if without_personal else []
    for key in NAMES:
        if block.get(key) and (key in provinces or block[key] != known.get(key)):
            arguments += [f"--{key.replace('_', '-')}", str(block[key])]
    return arguments


def require(
    block: Mapping[str, Any], source: Path | None, mapping: Path | None, arguments: list[str], lang: str
) -> None:
    """Stop if the command lacks what nobody can guess: the province, or the file of a mapping."""
    if mapping and not source:
        stop(text("cli.mapping_alone", lang))
    if not all(block[key] for key in NAMES if key in block and key.startswith("province")):
        example = [*arguments, "--province-id", "Jawa Timur", "--province-en", "East Java"]
        stop(f"{text('cli.province_missing', lang)}\n  {command_line(*example)}")


def tell_refusal(
    refusal: ImportRefusedError, source: Path | None, given: Path | None, arguments: list[str], lang: str
) -> None:
    """Print what is wrong, write page and copy, save the mapping for editing, and say what to run next."""
    is_wrong = any(problem.kind.startswith("mapping_") for problem in refusal.problems)
    draft, is_lost = None, False
    if refusal.read.mapping and source and not (given and is_wrong):
        draft = save_draft(refusal.read.mapping, source, given)
        is_lost = draft is None
    problems = _naming(refusal.problems, draft or given)
    arguments = _with_mapping(arguments, draft) if draft else arguments
    show_problems(problems, lang, most=MOST if source else None)
    told = grouped(problems)
    warnings = sum(problem.is_warning for problem in told)
    values = {"errors": integer(len(told) - warnings, lang), "warnings": integer(warnings, lang)}
    say(text("cli.refused", lang, **values))
    _tell_counts(refusal.read.counts, lang)
    if source:
        _hand_out(source, refusal.read, problems, command_line(*arguments), lang)
    if is_lost:
        say(text("cli.no_draft", lang))
    say(text("cli.mend_with_mapping", lang, path=shown_path(draft)) if draft else text("cli.mend", lang))
    say(f"  {command_line(*arguments)}")


def _naming(problems: Sequence[Problem], mapping: Path | None) -> list[Problem]:
    """Return the problems with the name that the mapping file really has."""
    if not mapping:
        return list(problems)
    name = mapping.name
    return [
        replace(one, mapping=name, file=name if one.file == MAPPING else one.file)
        if isinstance(one, ImportProblem)
        else one
        for one in problems
    ]


def _tell_counts(counts: Mapping[str, Mapping[str, int]], lang: str) -> None:
    for counted in counts.values():
        say(rows_read(counted, lang))


def _hand_out(source: Path, read: ImportReport, problems: Sequence[Problem], command: str, lang: str) -> None:
    """Write page and annotated copy, and say where they are; nothing where that cannot be written."""
    if not source.is_file():
        return
    with suppress(OSError):
        pages, copy = write_handout(read, source, problems, command, lang)
        say(text("cli.page", lang, path=shown_path(pages[lang])))
        if copy:
            say(text("cli.copy", lang, path=shown_path(copy)))


def _with_mapping(arguments: list[str], draft: Path) -> list[str]:
    """Return the arguments with another mapping in place of the one given."""
    at = arguments.index("--mapping") if "--mapping" in arguments else len(arguments)
    return [*arguments[:at], *arguments[at + 2 :], "--mapping", shown_path(draft)]


def tell_report(report: ImportReport, source: Path | None, lang: str) -> None:
    """Print how the columns and spellings were read, the warnings, the records, and what to do next."""
    folder = shown_path(report.folder)
    if report.mapping:
        _show_mapping(report.mapping, lang)
    problems = _naming(report.warnings, report.folder / MAPPING)
    show_problems(problems, lang, most=MOST)
    records = [(f"{folder}/{name}.csv", integer(n, lang)) for name, n in report.records.items()]
    if records:
        show_rows([text("column.file", lang), text("column.records", lang)], records, number=1)
    say(text("cli.created", lang, city=report.city, folder=folder))
    _tell_counts(report.counts, lang)
    if source and problems:
        _hand_out(source, report, problems, command_line("build", report.city), lang)
    for path in report.aside:
        say(text("cli.set_aside", lang, path=shown_path(path)))
    if report.mapping and source:
        say(text("cli.edit_mapping", lang, path=f"{folder}/mapping.yaml"))
        kept = f"{folder}/source/{report.copied}"
        options = ("--from", kept, "--mapping", f"{folder}/mapping.yaml", "--force")
        say(f"  {command_line('new', report.city, *options)}")
    if not cities.find(report.city).parts:
        say(text("cli.fill", lang, folder=folder))
        say(f"  {command_line('template')}")
        return
    tell_next(report.city, lang)


def tell_synthetic(city: City, lang: str) -> None:
    """Say that a made-up city was made, and what to do next."""
    say(text("cli.synthesized", lang, city=city.name, folder=shown_path(city.raw)))
    tell_next(city.name, lang)


def tell_next(city: str, lang: str) -> None:
    """Say how to check and build a new city."""
    say(text("cli.next", lang))
    for command in ("check", "build"):
        say(f"  {command_line(command, city)}")


def _show_mapping(mapping: InventoryMapping, lang: str) -> None:
    headings = [text(f"cli.{key}", lang) for key in ("our_column", "read_from", "how")]
    show_rows(headings, list(_columns(mapping, lang)), text("cli.columns_read", lang))
    headings = [text("column.category", lang)]
    headings += [text(f"cli.{key}", lang) for key in ("spelling", "code", "rows", "how")]
    show_rows(headings, list(_spellings(mapping, lang)), text("cli.spellings_read", lang), number=3)
    if mapping.unused:
        say(text("cli.unused", lang, headings=", ".join(mapping.unused)))


def _columns(mapping: InventoryMapping, lang: str) -> Iterator[tuple[str, str, str]]:
    titles = _titles(lang)
    for name, choice in mapping.columns.items():
        always = text("cli.always", lang, value=choice.always) if choice.always else ""
        read_from = always or ("" if choice.heading in BETWEEN else choice.heading) or "–"
        yield f"{titles[name]} ({name})", read_from, _how_column(name, choice, lang)


def _how_column(name: str, choice: ColumnChoice, lang: str) -> str:
    """Return how the heading of one of our columns was found."""
    if not choice.heading and not choice.always:
        return text("cli.how.none", lang)
    if not choice.score:
        return text("cli.how.chosen", lang)
    if choice.heading in BETWEEN:
        return text(f"cli.how.{BETWEEN[choice.heading]}", lang)
    near = match_heading(choice.heading, name)
    kind = "heading" if near == EXACT else "similar_heading" if near >= SURE["column"] else "cells"
    return text(f"cli.how.{kind}", lang, score=choice.score)


def _spellings(mapping: InventoryMapping, lang: str) -> Iterator[tuple[str, ...]]:
    for attribute, spellings in mapping.categories.items():
        name = text(attribute, lang)
        for found, choice in spellings.items():
            label = f"{choice.code} ({text(f'{attribute}.{choice.code}', lang)})"
            shown = found or text("cli.empty", lang)
            yield name, shown, label, integer(choice.rows, lang), _how_spelling(choice, lang)
            name = ""


def _how_spelling(choice: SpellingChoice, lang: str) -> str:
    if not choice.score:
        return text("cli.how.chosen", lang)
    return text("cli.how.known" if choice.score == EXACT else "cli.how.similar", lang, score=choice.score)


def _titles(lang: str) -> dict[str, str]:
    key = "title" if lang == "id" else f"title_{lang}"
    return {field["name"]: field[key] for field in schemas()["applications"]["schema"]["fields"]}
