"""The commands that make a city: from a spreadsheet, from a template, or made up."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.command_options import (
    CityArgument,
    ForceOption,
    LangOption,
    NameOption,
    NewCity,
    ProvinceOption,
    help_of,
)
from analysis.commands.refusals import refusals
from analysis.commands.terminal import asker, command_line, language, say, stop, tell_publication
from analysis.language.labels import text
from analysis.language.problems import RawDataError
from analysis.project import cities
from analysis.raw_data.package_form import usable

TEMPLATE = Path("templat.xlsx")
LATER = "-"
"""Answer that leaves a question for later."""


def new(
    city: NewCity,
    source: Annotated[Path | None, typer.Option("--from", metavar="FILE", help=help_of("from"))] = None,
    mapping: Annotated[Path | None, typer.Option(metavar="FILE", help=help_of("mapping"))] = None,
    force: ForceOption = False,
    without_personal: Annotated[
        bool, typer.Option("--without-personal", help=help_of("without_personal"))
    ] = False,
    name_id: NameOption = "",
    name_en: NameOption = "",
    province_id: ProvinceOption = "",
    province_en: ProvinceOption = "",
    lang: LangOption = "",
) -> None:
    """Make a city from a spreadsheet: everything or nothing."""
    words = language(lang)
    with refusals(words):
        from analysis.commands import import_messages  # noqa: PLC0415 - takes a second
        from analysis.intake import city_names, city_packages, importing  # noqa: PLC0415

        names = {
            "name_id": name_id,
            "name_en": name_en,
            "province_id": province_id,
            "province_en": province_en,
        }
        try:
            city_packages.vacant(city, force=force)
            block = city_names.complete(city, names, ask=asker(), lang=words)
            arguments = import_messages.again(
                city, block, source, mapping, force=force, without_personal=without_personal
            )
            import_messages.require(block, source, mapping, arguments, words)
            report = importing.import_city(
                city,
                source,
                city_block=block,
                force=force,
                mapping=mapping,
                without_personal=without_personal,
            )
        except city_packages.CityRefusedError as refusal:
            stop(refusal.message(words))
        except importing.ImportRefusedError as refusal:
            import_messages.tell_refusal(refusal, source, mapping, arguments, words)
            raise typer.Exit(1) from None
        _ask_author(city, words)
        import_messages.tell_report(report, source, words)


def _ask_author(city: str, lang: str) -> None:
    """Ask who writes the city's papers, unless that is known or nobody is there; `describe` changes it."""
    from analysis.intake import describing  # noqa: PLC0415

    ask, folders = asker(), cities.find(city)
    if not ask or folders.descriptor.get("publication"):
        return
    author = ask(text("cli.author", lang), LATER)
    if author.strip() not in ("", LATER):
        try:
            describing.set_fields(folders, [f"author={author}"])
        except RawDataError as refusal:
            say("\n".join(problem.line(lang) for problem in refusal.problems))


def describe(
    city: CityArgument,
    said: Annotated[list[str] | None, typer.Argument(metavar="[FIELD=TEXT]...", help=help_of("said"))] = None,
    lang: LangOption = "",
) -> None:
    """Say who wrote a city's papers and what else a journal asks for; without fields, tell what is said."""
    words = language(lang)
    with refusals(words):
        from analysis.intake import describing  # noqa: PLC0415

        folders = usable(city)
        if said:
            describing.set_fields(folders, said)
        tell_publication(cities.find(city), words)


def template(
    path: Annotated[Path, typer.Argument(metavar="[FILE]", help=help_of("template_file"))] = TEMPLATE,
    force: Annotated[bool, typer.Option("--force", help=help_of("force_file"))] = False,
    lang: LangOption = "",
) -> None:
    """Write the workbook that a city's data can be typed into."""
    words = language(lang)
    if path.suffix.lower() != ".xlsx":
        stop(text("cli.no_xlsx", words, path=path))
    if path.exists() and not force:
        stop(text("cli.file_exists", words, path=path))
    with refusals(words):
        from analysis.intake.templates_xlsx import write_template  # noqa: PLC0415 - takes a second

        write_template(path)
    say(text("cli.template", words, path=path))
    say(f"  {command_line('new', text('cli.your_city', words), '--from', str(path))}")


def synthesize(
    city: NewCity,
    seed: Annotated[int, typer.Option(min=0, help=help_of("seed"))],
    size: Annotated[int | None, typer.Option(min=1, max=10_000, help=help_of("size"))] = None,
    margins: Annotated[str, typer.Option(metavar="CITY", help=help_of("margins"))] = "",
    lang: LangOption = "",
) -> None:
    """Make up a city for teaching and tests."""
    words = language(lang)
    if margins and size:
        stop(text("cli.size_or_margins", words))
    with refusals(words):
        from analysis.commands import import_messages  # noqa: PLC0415
        from analysis.intake import city_names, city_packages  # noqa: PLC0415
        from analysis.raw_data import raw  # noqa: PLC0415 - takes a second
        from analysis.synthetic import margins as counts  # noqa: PLC0415
        from analysis.synthetic import synthesis  # noqa: PLC0415

        try:
            folders = city_packages.vacant(city)
            given = counts.margins_of(raw.load(usable(margins).name)) if margins else None
            names = None if city == synthesis.SAMPLE else city_names.usual_names(city)
            size = size or synthesis.SIZE
            synthesis.synthesize_city(seed, folders.raw, margins=given, size=size, names=names)
        except city_packages.CityRefusedError as refusal:
            is_taken = refusal.key != "import.bad_name"
            stop(text("cli.synthesize_taken", words, city=city) if is_taken else refusal.message(words))
        except counts.MarginsError as refusal:
            stop(refusal.message(words))
        import_messages.tell_synthetic(folders, words)
