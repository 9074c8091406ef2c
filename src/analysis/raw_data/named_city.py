"""The city that somebody named, or a sentence in both languages about which there are."""

from analysis.language.labels import LANGUAGES, unknown
from analysis.language.misspelt import PlainError
from analysis.project import cities
from analysis.project.cities import City, UnknownCityError


class NoSuchCityError(PlainError, UnknownCityError):
    """No city of that name has a raw package: says which have one, and which was probably meant."""

    def __str__(self) -> str:
        """Return the sentence in both languages, a line each."""
        return "\n".join(sentence(self, lang) for lang in LANGUAGES)


def find(name: str) -> City:
    """Return the city called `name`.

    Raises
    ------
    NoSuchCityError
        When no such city has a raw package.
    """
    try:
        return cities.find(name)
    except UnknownCityError as error:
        raise NoSuchCityError(error.name, error.known) from None


def sentence(error: UnknownCityError, lang: str) -> str:
    """Return in `lang` that there is no such city, which there are, and which was probably meant."""
    return unknown("cli.unknown_city", error.name, error.known, lang)
