"""Arguments and options that several commands share, explained in the language of the locale."""

from typing import Annotated

import typer

from analysis.commands.terminal import language
from analysis.language.labels import default_language, text


def help_of(name: str) -> str:
    """Return the help text of a command or option."""
    return text(f"cli.help.{name}", default_language())


CityArgument = Annotated[str, typer.Argument(metavar="CITY", help=help_of("city"))]
NewCity = Annotated[str, typer.Argument(metavar="CITY", help=help_of("new_city"))]
LangOption = Annotated[str, typer.Option(help=help_of("lang"), callback=language)]
"""The language of messages: the one asked for, else that of the locale."""
MaybeLangOption = Annotated[str, typer.Option("--lang", help=help_of("lang"))]
"""The language asked for, "" if none is: notebooks are then in another than messages."""
RendererOption = Annotated[str, typer.Option(help=help_of("renderer"))]
JobsOption = Annotated[int, typer.Option(help=help_of("jobs"), min=0)]
NameOption = Annotated[str, typer.Option(metavar="NAME", help=help_of("name"))]
ProvinceOption = Annotated[str, typer.Option(metavar="NAME", help=help_of("province"))]
TableArgument = Annotated[str, typer.Argument(metavar="TABLE", help=help_of("table"))]
KeyArgument = Annotated[str, typer.Argument(metavar="KEY", help=help_of("key"))]
JsonOption = Annotated[bool, typer.Option("--json", help=help_of("json"))]
ForceOption = Annotated[bool, typer.Option("--force", help=help_of("force"))]
