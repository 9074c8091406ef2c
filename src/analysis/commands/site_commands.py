"""The commands that show the site: open a page of it, or serve it on this computer."""

import webbrowser
from functools import partial
from typing import Annotated

import typer

from analysis.commands.command_options import LangOption, help_of
from analysis.commands.terminal import command_line, say, shown_path, stop
from analysis.language.labels import text
from analysis.project import cities
from analysis.site import addresses

LOOPBACK = "127.0.0.1"


def open_site(
    city: Annotated[str, typer.Argument(metavar="[CITY]", help=help_of("open_city"))] = "",
    lang: LangOption = "",
) -> None:
    """Open the site in the browser."""
    root = cities.project_root()
    page = addresses.start(root, lang)
    if city:
        page = addresses.home(cities.find(city), lang) / addresses.HOME
    if not page.is_file():
        stop(text("cli.no_site", lang, command=command_line("build", *filter(None, [city]))))
    say(text("cli.start", lang, path=shown_path(page)))
    webbrowser.open(page.as_uri())


def serve(
    port: Annotated[int, typer.Option(min=0, max=65_535, help=help_of("port"))] = 8000, lang: LangOption = ""
) -> None:
    """Serve the site on this computer."""
    folder = addresses.site(cities.project_root())
    if not (folder / addresses.HOME).is_file():
        stop(text("cli.no_site", lang, command=command_line("build")))
    # Imported here, as every command would wait for it.
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer  # noqa: PLC0415

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Write no line for each request."""

    with ThreadingHTTPServer((LOOPBACK, port), partial(Quiet, directory=str(folder))) as server:
        say(text("cli.serving", lang, address=f"http://{LOOPBACK}:{server.server_port}/{lang}/"))
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
