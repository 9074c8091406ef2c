"""The command line: building, checking, and making cities."""

import shutil
import time
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Any

import typer

from analysis.chain.pipeline import NoStepError, build
from analysis.chain.steps import STEPS
from analysis.commands import (
    city_commands,
    data_commands,
    rebuild_commands,
    release_command,
    site_commands,
    step_commands,
    surroundings,
)
from analysis.commands.build_display import BuildDisplay, stop_failed, tell_verdict, tell_verdict_json
from analysis.commands.command_options import (
    DEFAULT_CITY,
    CityArgument,
    JobsOption,
    JsonOption,
    LangOption,
    RendererOption,
    help_of,
)
from analysis.commands.refusals import refusals
from analysis.commands.terminal import (
    complain,
    language,
    prepare,
    say,
    say_json,
    shown_path,
    stop,
    tell_check,
    tell_check_json,
)
from analysis.commands.usage import Command, Group
from analysis.execution.kernels import WAYS
from analysis.language.labels import LANGUAGES, default_language, text, unknown
from analysis.project import cities
from analysis.project.locking import held
from analysis.raw_data.languages import name_of
from analysis.raw_data.package_form import check_form, usable
from analysis.site import addresses
from analysis.tasks.running import BuildError

DISTRIBUTION = "smart-government-compendium"
"""What the package is installed as."""

app = typer.Typer(name="compendium", add_completion=False, no_args_is_help=True, rich_markup_mode=None)


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(version(DISTRIBUTION))
        raise typer.Exit


@app.callback(cls=Group, help=help_of("root"))
def every(
    _: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help=help_of("version"))
    ] = False,
) -> None:
    """Take the options that go before a command."""


@app.command(cls=Command, name="build", help=help_of("build"))
def build_command(
    city: CityArgument = DEFAULT_CITY,
    lang: LangOption = "",
    renderer: RendererOption = "auto",
    jobs: JobsOption = 0,
    every: Annotated[bool, typer.Option("--all", help=help_of("all"))] = False,
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help=help_of("scheduler"))] = "",
    only: Annotated[str, typer.Option(metavar="STEP", help=help_of("only"))] = "",
    kernels: Annotated[str, typer.Option(help=help_of("kernels"))] = "auto",
    no_site: Annotated[bool, typer.Option("--no-site", help=help_of("no_site"))] = False,
) -> None:
    """Bring tables, figures, notebooks and papers of a city, or of all, up to date."""
    known = [*(step.name for step in STEPS), "report", *(f"paper.{name}" for name in LANGUAGES), "site"]
    _require("--only", only, ["", *known])
    _require("--kernels", kernels, WAYS)
    _require("--renderer", renderer, ("auto", "quarto", "embedded"))
    options: dict[str, Any] = {"renderer": renderer, "jobs": jobs, "only": only, "kernels": kernels}
    options["site"] = not no_site
    if every or scheduler:
        _build_all(lang, scheduler=scheduler, **options)
    else:
        _build(city, lang, **options)
        if not only:
            tell_verdict(city, language(lang))
    if not only and not no_site:
        site_commands.tell_start(language(lang))


def _require(option: str, asked: str, allowed: Sequence[str]) -> None:
    if asked not in allowed:
        known = filter(None, allowed)
        stop(unknown("usage.unknown_value", asked, known, default_language(), option=option))


def _build_all(lang: str, **options: Any) -> None:
    words = language(lang)
    display = BuildDisplay(words)
    begin = time.perf_counter()
    with refusals(words), display:
        from analysis.commands import fleet_summary  # noqa: PLC0415 - needed only here
        from analysis.fleet import many, outcomes  # noqa: PLC0415

        try:
            found = many.build_all(cities.known(), display, lang=lang or "id", **options)
        except outcomes.ClusterError as error:
            stop(error.reason[words])
    if not fleet_summary.tell(found, words, time.perf_counter() - begin):
        raise typer.Exit(1)


def _build(city: str, lang: str, *, is_quiet: bool = False, **options: Any) -> None:
    words = language(lang)
    display = BuildDisplay(words, is_quiet=is_quiet)
    begin = time.perf_counter()
    surroundings.warn(words)
    try:
        with refusals(words), display:
            usable(city)
            build(city, display, lang=lang or "id", **options)
    except NoStepError as error:
        stop(error.message(words))
    except BuildError as error:
        stop_failed(error, words)
    if is_quiet:
        return
    display.summary(time.perf_counter() - begin)
    display.tell_renderer(options.get("renderer", "auto"))


@app.command(cls=Command, help=help_of("check"))
def check(
    city: CityArgument = DEFAULT_CITY,
    lang: LangOption = "",
    update_hashes: Annotated[bool, typer.Option("--update-hashes", help=help_of("update_hashes"))] = False,
    as_json: JsonOption = False,
) -> None:
    """Validate the raw package of a city and report everything that is wrong at once."""
    words = language(lang)
    with refusals(words):
        from analysis.checking import validation  # noqa: PLC0415 - takes a second
        from analysis.commands.terminal_tables import MOST, show_problems  # noqa: PLC0415
        from analysis.reporting import check_page  # noqa: PLC0415

        folders = cities.find(city)
        if update_hashes and not check_form(folders):
            with held(folders):
                changed = validation.record_hashes(folders)
            for name in () if as_json else changed:
                say(text("cli.hash_recorded", words, file=name))
            if changed and not as_json:
                say(text("cli.set_aside", words, path=shown_path(folders.kept)))
        problems = validation.check(city)
        page = check_page.write_pages(folders, problems)[words]
        if as_json:
            tell_check_json(folders, problems, words)
        else:
            show_problems(problems, words, most=MOST)
            tell_check(folders, problems, page, words)


@app.command(cls=Command, help=help_of("verify"))
def verify(
    city: CityArgument = DEFAULT_CITY,
    lang: LangOption = "",
    as_json: JsonOption = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=help_of("rebuild"))] = False,
    renderer: RendererOption = "auto",
) -> None:
    """Check every printed cell and claim of a city's source; exit 1 if one comes out unexpectedly."""
    is_same = True
    if rebuild:
        _build(city, lang, is_quiet=as_json, renderer=renderer, site=False)
        is_same = rebuild_commands.rebuild(city, lang, renderer, is_quiet=as_json)
    _build(city, lang, is_quiet=as_json, only="report")
    is_expected = tell_verdict_json(city) if as_json else tell_verdict(city, language(lang))
    if not (is_expected and is_same):
        raise typer.Exit(1)


@app.command(cls=Command, help=help_of("compare"))
def compare(
    names: Annotated[list[str] | None, typer.Argument(metavar="[CITY]...", help=help_of("compared"))] = None,
    lang: LangOption = "",
) -> None:
    """Set cities side by side: table, figures and a page in both languages."""
    words = language(lang)
    display = BuildDisplay(words)
    begin = time.perf_counter()
    try:
        with refusals(words), display:
            from analysis.comparing.overview import compare_cities  # noqa: PLC0415 - takes two seconds

            chosen = [usable(name).name for name in names or cities.known()]
            pages = compare_cities(chosen, display, lang=lang or "id")
    except BuildError as error:
        stop_failed(error, words)
    display.summary(time.perf_counter() - begin)
    say(text("cli.page", words, path=shown_path(pages[words])))
    site_commands.tell_start(words)


app.command(cls=Command, help=help_of("why"))(step_commands.why)
app.command(cls=Command, help=help_of("graph"))(step_commands.graph)
app.command(cls=Command, help=help_of("show"))(data_commands.show)
app.command(cls=Command, help=help_of("lineage"))(data_commands.lineage)
app.command(cls=Command, name="open", help=help_of("open"))(site_commands.open_site)
app.command(cls=Command, help=help_of("serve"))(site_commands.serve)
app.command(cls=Command, help=help_of("new"))(city_commands.new)
app.command(cls=Command, help=help_of("describe"))(city_commands.describe)
app.command(cls=Command, help=help_of("release"))(release_command.release)
app.command(cls=Command, help=help_of("template"))(city_commands.template)
app.command(cls=Command, help=help_of("synthesize"))(city_commands.synthesize)


@app.command(cls=Command, name="list", help=help_of("list"))
def list_command(as_json: JsonOption = False) -> None:
    """List the cities that have a raw package."""
    listed = []
    for name in cities.known():
        city = cities.find(name)
        block = {} if check_form(city) else city.descriptor["city"]
        names = {lang: name_of(block, lang) or "?" for lang in LANGUAGES}
        if block and city.is_synthetic:
            names = {lang: text("synthetic.mark", lang, words=words) for lang, words in names.items()}
        listed.append({"name": name, **{f"name_{lang}": words for lang, words in names.items()}})
        if not as_json:
            typer.echo(f"{name}\t{' / '.join(dict.fromkeys(names.values()))}")
        if city.unfinished.is_file():
            complain(text("build.unfinished", language(""), city=name))
    if as_json:
        say_json(listed)


@app.command(cls=Command, help=help_of("clean"))
def clean(
    city: Annotated[str, typer.Argument(metavar="[CITY]", help=help_of("clean_city"))] = "",
) -> None:
    """Delete what can be built again below build/; processed data and raw data stay."""
    words = language("")
    with refusals(words):
        found = [cities.find(name) for name in ([city] if city else cities.known())]
        for each in found:
            with held(each):
                for folder in (each.build, *addresses.homes(each)):
                    shutil.rmtree(folder, ignore_errors=True)
    if not city:
        for name in ("comparison", "site"):
            shutil.rmtree(cities.project_root() / "build" / name, ignore_errors=True)
    say(text("cli.cleaned", words, cities=", ".join(each.name for each in found)))


def main() -> None:
    """Run the command line."""
    prepare()
    app()


if __name__ == "__main__":
    main()
