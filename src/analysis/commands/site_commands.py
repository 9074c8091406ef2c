"""The commands that show the site: open a page of it, or serve it on this computer."""

import webbrowser
from typing import Annotated

import typer

from analysis.commands.command_options import LangOption, help_of
from analysis.commands.refusals import refusals
from analysis.commands.terminal import command_line, language, say, shown_path, stop
from analysis.language.labels import text
from analysis.project import cities
from analysis.site import addresses


def open_site(
    city: Annotated[str, typer.Argument(metavar="[CITY]", help=help_of("open_city"))] = "",
    lang: LangOption = "",
) -> None:
    """Open the site in the browser."""
    words = language(lang)
    with refusals(words):
        root = cities.project_root()
        page = addresses.start(root, words)
        if city:
            page = addresses.home(cities.find(city), words) / addresses.HOME
    if not page.is_file():
        stop(text("cli.no_site", words, command=command_line("build", *filter(None, [city]))))
    say(text("cli.start", words, path=shown_path(page)))
    webbrowser.open(page.as_uri())


def serve(
    port: Annotated[int, typer.Option(min=0, max=65_535, help=help_of("port"))] = 8000, lang: LangOption = ""
) -> None:
    """Serve the site on this computer."""
    words = language(lang)
    folder = addresses.site(cities.project_root())
    if not (folder / addresses.HOME).is_file():
        stop(text("cli.no_site", words, command=command_line("build")))
    from analysis.commands.serving import LOOPBACK, server_of  # noqa: PLC0415 - every command would wait for it

    with server_of(folder, port) as server:
        say(text("cli.serving", words, address=f"http://{LOOPBACK}:{server.server_port}/{words}/"))
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


def tell_start(lang: str) -> None:
    """Bring the pages that the site begins with up to date, and print the path of the first."""
    from analysis.chain.pipeline import refresh_start  # noqa: PLC0415

    root = cities.project_root()
    refresh_start(root)
    say(text("cli.start", lang, path=shown_path(addresses.start(root, lang))))
