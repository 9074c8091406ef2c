"""The commands that make a city (from a spreadsheet, from a template, or made up), and publish one."""

from pathlib import Path
from typing import Annotated, Any

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
from analysis.commands.terminal import asker, command_line, say, shown_path, stop, tell_publication
from analysis.language.labels import text
from analysis.language.problems import RawDataError
from analysis.project import cities
from analysis.raw_data.package_form import NAMES, usable

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
    from analysis.commands import import_messages  # noqa: PLC0415 - takes a second
    from analysis.intake import city_names, city_packages, importing  # noqa: PLC0415

    names = dict(zip(NAMES, (name_id, name_en, province_id, province_en), strict=True))
    options: dict[str, Any] = {"mapping": mapping, "force": force, "without_personal": without_personal}
    city_packages.vacant(city, force=force)
    block = city_names.complete(city, names, ask=asker(), lang=lang)
    arguments = import_messages.again(city, block, source, **options)
    import_messages.require(block, source, mapping, arguments, lang)
    try:
        report = importing.import_city(city, source, city_block=block, **options)
    except importing.ImportRefusedError as refusal:
        import_messages.tell_refusal(refusal, source, mapping, arguments, lang)
        raise typer.Exit(1) from None
    _ask_author(city, lang)
    import_messages.tell_report(report, source, lang)


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
    from analysis.intake import describing  # noqa: PLC0415

    folders = usable(city)
    if said:
        describing.set_fields(folders, said)
    tell_publication(cities.find(city), lang)


def template(
    path: Annotated[Path, typer.Argument(metavar="[FILE]", help=help_of("template_file"))] = TEMPLATE,
    force: Annotated[bool, typer.Option("--force", help=help_of("force_file"))] = False,
    lang: LangOption = "",
) -> None:
    """Write the workbook that a city's data can be typed into."""
    if path.suffix.lower() != ".xlsx":
        stop(text("cli.no_xlsx", lang, path=path))
    if path.exists() and not force:
        stop(text("cli.file_exists", lang, path=path))
    from analysis.intake.templates_xlsx import write_template  # noqa: PLC0415 - takes a second

    write_template(path)
    say(text("cli.template", lang, path=path))
    say(f"  {command_line('new', text('cli.your_city', lang), '--from', str(path))}")


def synthesize(
    city: NewCity,
    seed: Annotated[int, typer.Option(min=0, help=help_of("seed"))],
    size: Annotated[int | None, typer.Option(min=1, max=10_000, help=help_of("size"))] = None,
    margins: Annotated[str, typer.Option(metavar="CITY", help=help_of("margins"))] = "",
    lang: LangOption = "",
) -> None:
    """Make up a city for teaching and tests."""
    if margins and size:
        stop(text("cli.size_or_margins", lang))
    from analysis.commands import import_messages  # noqa: PLC0415
    from analysis.intake import city_names, city_packages  # noqa: PLC0415
    from analysis.raw_data import raw  # noqa: PLC0415 - takes a second
    from analysis.synthetic import synthesis  # noqa: PLC0415
    from analysis.synthetic.margins import margins_of  # noqa: PLC0415

    try:
        folders = city_packages.vacant(city)
    except city_packages.CityRefusedError as refusal:
        if refusal.key == "import.bad_name":
            raise
        stop(text("cli.synthesize_taken", lang, city=city))
    given = margins_of(raw.load(usable(margins).name)) if margins else None
    names = None if city == synthesis.SAMPLE else city_names.usual_names(city)
    size = size or synthesis.SIZE
    synthesis.synthesize_city(seed, folders.raw, margins=given, size=size, names=names)
    import_messages.tell_synthetic(folders, lang)


def release(
    city: CityArgument,
    to: Annotated[Path | None, typer.Option(metavar="FOLDER", help=help_of("release_to"))] = None,
    allow: Annotated[str, typer.Option(metavar="TEXT", help=help_of("allow"))] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help=help_of("reason"))] = "",
    role: Annotated[str, typer.Option(metavar="ROLE", help=help_of("role"))] = "",
    lang: LangOption = "",
) -> None:
    """Write what may be published of a city into one folder, unless personal data are in it."""
    from analysis.chain import releasing  # noqa: PLC0415
    from analysis.privacy import personal  # noqa: PLC0415

    with refusals(lang, "cli.unreleased"):
        place = usable(city)
        if allow:
            releasing.allow(place, allow, reason, role)
            file = shown_path(place.raw / personal.ALLOWED)
            say(text("cli.allowed", lang, text=allow, role=role, file=file))
            return
        folder = to or releasing.usual_folder(place)
        files = releasing.release(place, folder)
        say(text("cli.released", lang, n=len(files), folder=shown_path(folder)))
