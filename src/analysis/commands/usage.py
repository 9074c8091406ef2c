"""What is wrong with the way a command was typed, and the frame of its help, in the reader's language."""

import re
from collections.abc import Sequence
from typing import IO, Any

import typer
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperCommand, TyperGroup

from analysis.commands.refusals import refusals
from analysis.commands.terminal import language
from analysis.language.labels import LANGUAGES, default_language, text, unknown

FRAME = ("usage", "options", "arguments", "commands", "show_help", "default", "required")
"""What the library writes into each help (``usage.frame.<name>``, in English as it writes it)."""
LANG = "--lang"
EXTRA = re.compile(r"extra argument\(s\) \((?P<found>.*)\)")
"""How the library says that there are too many words."""
BRACES = re.compile(r"\{([A-Z]+)\}")
"""How the library writes an argument that must be given; a reader would type the braces."""
NO_VALUE = "does not take a value"


class _InWords:
    """What commands and the group of them have in common: errors and help in the reader's language."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return _framed(super().get_help(ctx), default_language())  # type: ignore[misc]

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:
        """Return what was typed, parsed; what is wrong with it is said in words."""
        lang = asked_language(args)
        try:
            return super().make_context(info_name, args, *rest, **extra)  # type: ignore[misc]
        except NoArgsIsHelpError:
            raise
        except UsageError as error:
            above = extra.get("parent")
            path = f"{above.command_path} {info_name}" if above else info_name or ""
            raise WrongUsageError(_told(error, lang), error.ctx, lang, path) from None


class Command(_InWords, TyperCommand):
    """A command; errors that the user can do something about end it with a message."""

    def invoke(self, ctx: Any) -> Any:
        """Carry it out."""
        with refusals(language(ctx.params.get("lang", ""))):
            return super().invoke(ctx)


class Group(_InWords, TyperGroup):
    """All commands together."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is named first; of an unknown one, say which there are."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            lang = asked_language(args)
            message = unknown("usage.no_command", args[0], self.commands, lang)
            raise WrongUsageError(message, ctx, lang, ctx.command_path)
        return super().resolve_command(ctx, args)


class WrongUsageError(UsageError):
    """A command was typed wrongly: `message` says how in `lang`, `path` is the command."""

    def __init__(self, message: str, ctx: Any, lang: str, path: str) -> None:
        super().__init__(message, ctx)
        self.lang, self.path = lang, path

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how the command is used and what is wrong."""
        usage = [_framed(self.ctx.get_usage(), self.lang)] if self.ctx else []
        hint = text("usage.hint", self.lang, command=f"{self.path} --help")
        wrong = text("usage.error", self.lang, message=self.message)
        typer.echo("\n".join([*usage, hint, "", wrong]), file=file, err=True)


def asked_language(args: Sequence[str]) -> str:
    """Return the language asked for among words that may not be parsed yet, else that of the locale."""
    after = [args[n + 1] for n, word in enumerate(args[:-1]) if word == LANG]
    joined = [word.removeprefix(f"{LANG}=") for word in args]
    return next((word for word in (*after, *joined) if word in LANGUAGES), default_language())


def _told(error: UsageError, lang: str) -> str:
    """Return what is wrong in words; the library's own where there are none."""
    if isinstance(error, NoSuchOption):
        return unknown("usage.no_option", error.option_name, _options(error), lang)
    if isinstance(error, BadOptionUsage):
        key = "usage.no_value" if NO_VALUE in error.message else "usage.needs_value"
        return text(key, lang, name=error.option_name)
    if isinstance(error, BadParameter) and error.param is not None:
        name = _name(error.param)
        if isinstance(error, MissingParameter):
            return text("usage.missing", lang, name=name)
        return text("usage.invalid", lang, name=name, reason=_reason(error, lang))
    if found := EXTRA.search(error.message):
        return text("usage.extra", lang, found=found["found"])
    return error.format_message()


def _options(error: UsageError) -> list[str]:
    params = error.ctx.command.params if error.ctx else []
    return [option for param in params for option in param.opts if option.startswith("--")]


def _name(param: Any) -> str:
    """Return an option as it is typed, or the name of an argument."""
    longest = str(max(param.opts, key=len))
    return longest if longest.startswith("-") else str(param.human_readable_name)


def _reason(error: BadParameter, lang: str) -> str:
    """Return what an option takes, where it is a number; else what the library says."""
    kind = getattr(error.param, "type", None)
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None and high is not None:
        return text("usage.between", lang, low=low, high=high)
    if low is not None:
        return text("usage.at_least", lang, low=low)
    return text("usage.integer", lang) if getattr(kind, "name", "") == "integer" else error.message


def _framed(printed: str, lang: str) -> str:
    """Return a help with what the library writes into it in `lang`."""
    for name in FRAME:
        printed = printed.replace(text(f"usage.frame.{name}", "en"), text(f"usage.frame.{name}", lang))
    return BRACES.sub(r"\1", printed)
