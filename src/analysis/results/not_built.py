"""A city of which nothing was rebuilt yet; this module imports nothing heavy."""

from analysis.language.labels import WordedError


class NotBuiltError(WordedError, FileNotFoundError):
    """A city's notebooks have not been run yet; says how to run them."""

    def __init__(self, city: str) -> None:
        super().__init__("cli.not_built", city=city)
