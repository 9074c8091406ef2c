"""The command line: building, checking, and making cities."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Annotated

import typer

from analysis import cities
from analysis.build_display import BuildDisplay, stop_failed, tell_verdict
from analysis.cities import City
from analysis.labels import default_language, text
from analysis.package_form import check_form
from analysis.pipeline import BusyError, build
from analysis.problems import RawDataError
from analysis.running import BuildError
from analysis.terminal import (
    asker,
    command_line,
    language,
    prepare,
    refusals,
    say,
    show_problems,
    stop,
    tell_check,
)

TEMPLATE = Path("templat.xlsx")
DESCRIPTION = text("cli.help.root", default_language())
app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=DESCRIPTION)


def _help(name: str) -> str:
    return text(f"cli.help.{name}", default_language())


CityArgument = Annotated[str, typer.Argument(metavar="CITY", help=_help("city"))]
NewCity = Annotated[str, typer.Argument(metavar="CITY", help=_help("new_city"))]
LangOption = Annotated[str, typer.Option(help=_help("lang"))]
NameOption = Annotated[str, typer.Option(metavar="NAME", help=_help("name"))]
ProvinceOption = Annotated[str, typer.Option(metavar="NAME", help=_help("province"))]
ForceOption = Annotated[bool, typer.Option("--force", help=_help("force"))]


@app.command("build", help=_help("build"))
def build_command(
    city: CityArgument = "bandung",
    lang: LangOption = "",
    renderer: Annotated[str, typer.Option(help=_help("renderer"))] = "auto",
    jobs: Annotated[int, typer.Option(help=_help("jobs"), min=0)] = 0,
) -> None:
    """Bring tables, figures, notebooks and papers of a city up to date."""
    _build(city, lang, renderer=renderer, jobs=jobs)
    tell_verdict(city, language(lang))


def _usable(city: str) -> City:
    """Return a city whose descriptor can be read."""
    place = cities.find(city)
    if problems := check_form(place):
        raise RawDataError(city, problems)
    return place


def _build(city: str, lang: str, *, renderer: str = "auto", jobs: int = 0, only: str = "") -> None:
    words = language(lang)
    display = BuildDisplay(words)
    begin = time.perf_counter()
    try:
        with refusals(words), display.progress:
            _usable(city)
            build(city, display, lang=lang or "id", renderer=renderer, jobs=jobs, only=only)
    except BusyError:
        stop(text("cli.busy", words, city=city))
    except BuildError as error:
        stop_failed(error, words)
    display.summary(time.perf_counter() - begin)


@app.command(help=_help("check"))
def check(
    city: CityArgument = "bandung",
    lang: LangOption = "",
    update_hashes: Annotated[bool, typer.Option("--update-hashes", help=_help("update_hashes"))] = False,
) -> None:
    """Validate the raw package of a city and report everything that is wrong at once."""
    words = language(lang)
    with refusals(words):
        from analysis import validation  # noqa: PLC0415 - takes a second
        from analysis.reporting import check_page  # noqa: PLC0415

        place = cities.find(city)
        for name in validation.record_hashes(place) if update_hashes and not check_form(place) else ():
            say(text("cli.hash_recorded", words, file=name))
        problems = validation.check(city)
        show_problems(problems, words)
        page = check_page.write_pages(place, problems)[words]
        tell_check(place, problems, page, words)


@app.command(help=_help("verify"))
def verify(city: CityArgument = "bandung", lang: LangOption = "") -> None:
    """Check every printed cell and claim of a city's source; exit 1 if one comes out unexpectedly."""
    _build(city, lang, only="report")
    if not tell_verdict(city, language(lang)):
        raise typer.Exit(1)


@app.command(help=_help("new"))
def new(
    city: NewCity,
    source: Annotated[Path | None, typer.Option("--from", metavar="FILE", help=_help("from"))] = None,
    mapping: Annotated[Path | None, typer.Option(metavar="FILE", help=_help("mapping"))] = None,
    force: ForceOption = False,
    name_id: NameOption = "",
    name_en: NameOption = "",
    province_id: ProvinceOption = "",
    province_en: ProvinceOption = "",
    lang: LangOption = "",
) -> None:
    """Make a city from a spreadsheet: everything or nothing."""
    words = language(lang)
    with refusals(words):
        from analysis.intake import city_names, import_messages, importing  # noqa: PLC0415 - takes a second

        names = {
            "name_id": name_id,
            "name_en": name_en,
            "province_id": province_id,
            "province_en": province_en,
        }
        try:
            importing.vacant(city, force=force)
            block = city_names.complete(city, names, ask=asker(), lang=words)
            arguments = import_messages.again(city, block, source, force=force)
            import_messages.require(block, source, mapping, arguments, words)
            report = importing.import_city(city, source, city_block=block, force=force, mapping=mapping)
        except importing.CityRefusedError as refusal:
            stop(refusal.message(words))
        except importing.ImportRefusedError as refusal:
            import_messages.tell_refusal(refusal, source, mapping, arguments, words)
            raise typer.Exit(1) from None
        import_messages.tell_report(report, source, words)


@app.command(help=_help("template"))
def template(
    path: Annotated[Path, typer.Argument(metavar="[FILE]", help=_help("template_file"))] = TEMPLATE,
    force: Annotated[bool, typer.Option("--force", help=_help("force_file"))] = False,
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


@app.command(help=_help("synthesize"))
def synthesize(
    city: NewCity,
    seed: Annotated[int, typer.Option(min=0, help=_help("seed"))],
    size: Annotated[int | None, typer.Option(min=1, max=10_000, help=_help("size"))] = None,
    margins: Annotated[str, typer.Option(metavar="CITY", help=_help("margins"))] = "",
    lang: LangOption = "",
) -> None:
    """Make up a city for teaching and tests."""
    words = language(lang)
    if margins and size:
        stop(text("cli.size_or_margins", words))
    with refusals(words):
        from analysis import raw  # noqa: PLC0415 - takes a second
        from analysis.intake import city_names, import_messages, importing  # noqa: PLC0415
        from analysis.synthetic import margins as counts  # noqa: PLC0415
        from analysis.synthetic import synthesis  # noqa: PLC0415

        try:
            place = importing.vacant(city)
            given = counts.margins_of(raw.load(_usable(margins).name)) if margins else None
            names = None if city == synthesis.SAMPLE else city_names.usual_names(city)
            size = size or synthesis.SIZE
            synthesis.synthesize_city(seed, place.raw, margins=given, size=size, names=names)
        except importing.CityRefusedError as refusal:
            is_taken = refusal.key != "import.bad_name"
            stop(text("cli.synthesize_taken", words, city=city) if is_taken else refusal.message(words))
        except counts.MarginsError as refusal:
            stop(refusal.message(words))
        import_messages.tell_synthetic(place, words)


@app.command("list", help=_help("list"))
def list_command() -> None:
    """List the cities that have a raw package."""
    for name in cities.known():
        place = cities.find(name)
        block = {} if check_form(place) else place.descriptor["city"]
        typer.echo(f"{name}\t{block.get('name_id', '?')} / {block.get('name_en', '?')}")


@app.command(help=_help("clean"))
def clean(
    city: Annotated[str, typer.Argument(metavar="[CITY]", help=_help("clean_city"))] = "",
) -> None:
    """Delete what can be built again below build/; processed data and raw data stay."""
    with refusals(language("")):
        places = [cities.find(name) for name in ([city] if city else cities.known())]
    for place in places:
        shutil.rmtree(place.build, ignore_errors=True)


def main() -> None:
    """Run the command line."""
    prepare()
    app()


if __name__ == "__main__":
    main()
