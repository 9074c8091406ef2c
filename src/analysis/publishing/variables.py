"""The variables of a paper: every number as text, in the forms in which a text asks for it."""

from collections.abc import Iterable, Mapping

from analysis.language.formats import Result, display, integer, is_whole, number_word
from analysis.language.glossary import emphasised
from analysis.language.labels import text
from analysis.project.cities import City
from analysis.publishing.markdown import escape
from analysis.raw_data.languages import name_of

NUMBER = "number"
"""Class of a value that knows its key."""
NOUNS = (
    *("application", "agency", "informant", "pair", "group", "partner"),
    *("piece", "person", "finding", "month"),
)
"""What a text can have counted."""


def variables(
    city: City, results: Mapping[str, Result], counts: Mapping[str, int], lang: str, asked: Iterable[str]
) -> dict[str, str]:
    """Return every variable of a city's papers as Markdown, by key; other forms of it as far as asked for.

    Parameters
    ----------
    results : mapping of str to Result
        The city's results; ``KEY`` is the number.
    counts : mapping of str to int
        Counts of the checking sheet; ``ledger.KEY`` is the number.
    asked : iterable of str
        Keys that the texts name. ``plain.KEY`` is the number without what leads to its place, for attributes;
        ``word.KEY`` is it in words where running text has words, ``Word.KEY`` at the beginning of a sentence;
        ``counted.NOUN.KEY`` says how many there are of what: "one application", "no applications".
    """
    block, asked = city.descriptor["city"], list(asked)
    numbers = {key: display(result, lang) for key, result in results.items()}
    numbers |= {f"ledger.{key}": integer(count, lang) for key, count in counts.items()}
    whole = {key: int(one.value) for key, one in results.items() if is_whole(one)}
    whole |= {f"ledger.{key}": count for key, count in counts.items()}
    forms = {f"plain.{key}": escape(value) for key, value in numbers.items()}
    for key, number in whole.items():
        word = number_word(number, lang)
        forms |= {f"word.{key}": _keyed(key, word), f"Word.{key}": _keyed(key, word[:1].upper() + word[1:])}
    for asked_for in asked:
        form, _, rest = asked_for.partition(".")
        noun, _, key = rest.partition(".")
        if form == "counted" and noun in NOUNS and key in whole:
            forms[asked_for] = _keyed(key, counted(whole[key], noun, lang))
    shown = {key: _keyed(key, emphasised(escape(value), lang)) for key, value in numbers.items()}
    shown |= {f"city.{part}": escape(name_of(block, lang, part)) for part in ("name", "province")}
    shown["city.folder"] = city.name
    return dict(sorted(shown.items())) | {key: forms[key] for key in asked if key in forms}


def counted(number: int, noun: str, lang: str) -> str:
    """Write a number with its noun: in the singular for one, as the language negates it for none."""
    one, _, several = text(f"noun.{noun}", lang).partition(", ")
    word = number_word(number, lang) if number else text("noun.none", lang)
    return f"{word} {one if number == 1 else several or one}"


def _keyed(key: str, value: str) -> str:
    """Return a value that knows its key: pages can lead from it to where it is from."""
    return f'[{value}]{{.{NUMBER} key="{key}"}}'
