"""A city of which nothing was rebuilt yet; this module imports nothing heavy."""

from analysis.language.labels import LANGUAGES, text
from analysis.language.misspelt import PlainError


class NotBuiltError(PlainError, FileNotFoundError):
    """A city's notebooks have not been run yet; says in both languages how to run them."""

    def __init__(self, city: str) -> None:
        self.city = city
        super().__init__(city)

    def __str__(self) -> str:
        """Return the sentence in both languages, a line each."""
        return "\n".join(text("cli.not_built", lang, city=self.city) for lang in LANGUAGES)
