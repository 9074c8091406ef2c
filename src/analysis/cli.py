"""The command line: building, checking, and making cities."""

import gc
import shutil
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Annotated, Any

import typer

from analysis.chain.city_build import BuildOptions
from analysis.chain.pipeline import build
from analysis.chain.steps import STEPS
from analysis.commands import (
    city_commands,
    data_commands,
    rebuild_commands,
    site_commands,
    step_commands,
    surroundings,
)
from analysis.commands.build_display import BuildDisplay, tell_outcomes, tell_verdict
from analysis.commands.command_options import (
    CityArgument,
    JobsOption,
    JsonOption,
    LangOption,
    MaybeLangOption,
    RendererOption,
    help_of,
)
from analysis.commands.terminal import (
    DEFAULT_CITY,
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


def command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what makes a function a command, explained by the text of that name."""
    return app.command(name, cls=Command, help=help_of(name))


@command("build")
def build_command(
    city: CityArgument = DEFAULT_CITY,
    lang: MaybeLangOption = "",
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
    words = language(lang)
    options = _options(lang, renderer=renderer, jobs=jobs, only=only, kernels=kernels, site=not no_site)
    if every or scheduler:
        _build_all(words, options, scheduler)
    else:
        _build(city, words, options)
        if not only:
            tell_verdict(city, words)
    if not only and not no_site:
        site_commands.tell_start(words)


def _require(option: str, asked: str, allowed: Sequence[str]) -> None:
    if asked not in allowed:
        known = filter(None, allowed)
        stop(unknown("usage.unknown_value", asked, known, default_language(), option=option))


def _options(lang: str, **others: Any) -> BuildOptions:
    """Return how to build where a language is asked for, or none."""
    return BuildOptions(lang=lang or "id", **others)


def _build_all(words: str, options: BuildOptions, scheduler: str) -> None:
    from analysis.fleet import many  # noqa: PLC0415 - needed only here

    begin = time.perf_counter()
    with BuildDisplay(words) as display:
        found = many.build_all(cities.known(), display, options, scheduler=scheduler)
    if not tell_outcomes(found, words, time.perf_counter() - begin):
        raise typer.Exit(1)


def _build(city: str, words: str, options: BuildOptions, *, is_quiet: bool = False) -> None:
    begin = time.perf_counter()
    surroundings.warn(words)
    with BuildDisplay(words, is_quiet=is_quiet) as display:
        usable(city)
        build(city, display, options)
    if not is_quiet:
        display.summary(time.perf_counter() - begin)
        display.tell_renderer(options.renderer)


@command("check")
def check(
    city: CityArgument = DEFAULT_CITY,
    lang: LangOption = "",
    update_hashes: Annotated[bool, typer.Option("--update-hashes", help=help_of("update_hashes"))] = False,
    as_json: JsonOption = False,
) -> None:
    """Validate the raw package of a city and report everything that is wrong at once."""
    from analysis.checking import validation  # noqa: PLC0415 - takes a second
    from analysis.commands.terminal_tables import MOST, show_problems  # noqa: PLC0415
    from analysis.reporting import check_page  # noqa: PLC0415

    folders = cities.find(city)
    if update_hashes and not check_form(folders):
        with held(folders):
            changed = validation.record_hashes(folders)
        for name in () if as_json else changed:
            say(text("cli.hash_recorded", lang, file=name))
        if changed and not as_json:
            say(text("cli.set_aside", lang, path=shown_path(folders.kept)))
    problems = validation.check(city)
    page = check_page.write_pages(folders, problems)[lang]
    if as_json:
        tell_check_json(folders, problems, lang)
    else:
        show_problems(problems, lang, most=MOST)
        tell_check(folders, problems, page, lang)
    if not all(problem.is_warning for problem in problems):
        raise typer.Exit(1)


@command("verify")
def verify(
    city: CityArgument = DEFAULT_CITY,
    lang: MaybeLangOption = "",
    as_json: JsonOption = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=help_of("rebuild"))] = False,
    renderer: RendererOption = "auto",
) -> None:
    """Check every printed cell and claim of a city's source; exit 1 if one comes out unexpectedly."""
    words, is_same = language(lang), True
    if rebuild:
        options = _options(lang, renderer=renderer, site=False)
        _build(city, words, options, is_quiet=as_json)
        is_same = rebuild_commands.rebuild(city, words, options, is_quiet=as_json)
    _build(city, words, _options(lang, only="report"), is_quiet=as_json)
    if not (tell_verdict(city, words, as_json=as_json) and is_same):
        raise typer.Exit(1)


@command("compare")
def compare(
    names: Annotated[list[str] | None, typer.Argument(metavar="[CITY]...", help=help_of("compared"))] = None,
    lang: MaybeLangOption = "",
) -> None:
    """Set cities side by side: table, figures and a page in both languages."""
    from analysis.comparing.overview import compare_cities  # noqa: PLC0415 - takes two seconds

    words, begin = language(lang), time.perf_counter()
    with BuildDisplay(words) as display:
        chosen = [usable(name).name for name in names or cities.known()]
        pages = compare_cities(chosen, display, lang=lang or "id")
    display.summary(time.perf_counter() - begin)
    say(text("cli.page", words, path=shown_path(pages[words])))
    site_commands.tell_start(words)


COMMANDS: dict[str, Callable[..., None]] = {
    "why": step_commands.why,
    "graph": step_commands.graph,
    "show": data_commands.show,
    "lineage": data_commands.lineage,
    "open": site_commands.open_site,
    "serve": site_commands.serve,
    "new": city_commands.new,
    "describe": city_commands.describe,
    "release": city_commands.release,
    "template": city_commands.template,
    "synthesize": city_commands.synthesize,
}
for _name, _function in COMMANDS.items():
    command(_name)(_function)


@command("list")
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


@command("clean")
def clean(
    city: Annotated[str, typer.Argument(metavar="[CITY]", help=help_of("clean_city"))] = "",
) -> None:
    """Delete what can be built again below build/; processed data and raw data stay."""
    found = [cities.find(name) for name in ([city] if city else cities.known())]
    for each in found:
        with held(each):
            for folder in (each.build, *addresses.homes(each)):
                shutil.rmtree(folder, ignore_errors=True)
    if not city:
        for name in ("comparison", "site"):
            shutil.rmtree(cities.project_root() / "build" / name, ignore_errors=True)
    say(text("cli.cleaned", language(""), cities=", ".join(each.name for each in found)))


def main() -> None:
    """Run the command line.

    What was imported stays to the end: the garbage collector need not go through it, least of all then.
    """
    gc.freeze()
    prepare()
    app()


if __name__ == "__main__":
    main()
