"""The command that writes what may be published of a city."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.command_options import CityArgument, LangOption, help_of
from analysis.commands.refusals import refusals
from analysis.commands.terminal import language, say, shown_path
from analysis.language.labels import text
from analysis.raw_data.package_form import usable


def release(
    city: CityArgument,
    to: Annotated[Path | None, typer.Option(metavar="FOLDER", help=help_of("release_to"))] = None,
    allow: Annotated[str, typer.Option(metavar="TEXT", help=help_of("allow"))] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help=help_of("reason"))] = "",
    role: Annotated[str, typer.Option(metavar="ROLE", help=help_of("role"))] = "",
    lang: LangOption = "",
) -> None:
    """Write what may be published of a city into one folder, unless personal data are in it."""
    words = language(lang)
    with refusals(words, "cli.unreleased"):
        from analysis.chain import releasing  # noqa: PLC0415
        from analysis.privacy import personal  # noqa: PLC0415

        place = usable(city)
        if allow:
            releasing.allow(place, allow, reason, role)
            file = shown_path(place.raw / personal.ALLOWED)
            say(text("cli.allowed", words, text=allow, role=role, file=file))
            return
        folder = to or releasing.usual_folder(place)
        files = releasing.release(place, folder)
        say(text("cli.released", words, n=len(files), folder=shown_path(folder)))
