"""What a journal asks to be printed beside a paper: who wrote it, who paid, under what terms it can be had.

All of it is the descriptor's, or else that of ``CITATION.cff``; what neither says is left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.language.formats import Result, day, display
from analysis.language.labels import text
from analysis.project import cities, paper_sources
from analysis.project.cities import City
from analysis.project.paper_sources import DOCUMENTS
from analysis.publishing.markdown import escape
from analysis.raw_data.publication import BLOCK, TRANSLATED

CITATION = "CITATION.cff"
ORCID = "https://orcid.org/{0}"
PLAIN = ("name", "affiliation")
DOI = "https://doi.org/{}"
UNLICENSED = "notspecified"
"""Name of a licence that says that there is none."""


def declarations(city: City, lang: str) -> str:
    """Return the declarations of a city's paper as Markdown, a paragraph each."""
    return (
        "\n\n".join(f"**{text(f'paper.{name}', lang)}.** {words}" for name, words in _said(city, lang)) + "\n"
    )


def signature(city: City, lang: str) -> list[tuple[str, str]]:
    """Return who answers for a city's paper and under what terms its data are, as label and plain text."""
    said = {
        "certificate.authors": "; ".join(_signed(one, "ORCID {0}") for one in _authors(city)),
        "paper.contact": str(_publication(city).get("contact", "")),
        "paper.licence": _licences(city, _citation(city), lang),
    }
    return [(text(key, lang), words) for key, words in said.items() if words]


def byline(city: City) -> list[str]:
    """Return the authors as Markdown, with affiliation and ORCID iD as far as these are given."""
    escaped = (one | {part: escape(one.get(part, "")) for part in PLAIN} for one in _authors(city))
    return [_signed(one, f"[ORCID {{0}}]({ORCID})") for one in escaped]


def authors(city: City) -> list[str]:
    """Return the names of the authors: those of the descriptor, or of the compendium for its own paper."""
    return [escape(one["name"]) for one in _authors(city)]


def date_of(city: City) -> str:
    """Return the date that the descriptor gives for the paper; "" if none."""
    return str(_publication(city).get("date", ""))


def dated(city: City, now: int, lang: str) -> str:
    """Return that date as people read it; without one, that of `now`, in seconds since 1970."""
    said = date_of(city)
    return display(Result(said, "date"), lang) if said else day(now, lang)


def _said(city: City, lang: str) -> Iterator[tuple[str, str]]:
    """Yield what there is to declare: the last part of its label, and its words."""
    said, cited = _publication(city), _citation(city)
    for name in TRANSLATED:
        if words := said.get(f"{name}_{lang}"):
            yield name, escape(words)
    if contact := said.get("contact"):
        yield "contact", escape(contact)
    if licences := _licences(city, cited, lang):
        yield "licence", escape(licences)
    if repository := said.get("repository"):
        yield "repository", f"<{repository}>"
    if doi := said.get("doi"):
        yield "doi", f"<{DOI.format(doi)}>"
    if version := said.get("version") or cited.get("version"):
        yield "version", escape(str(version))
    yield "command", f"`compendium build {city.name}`"


def _licences(city: City, cited: Mapping[str, Any], lang: str) -> str:
    """Return the terms of the data and of the compendium, whose own paper has data under its terms."""
    stated = [one for one in city.descriptor.get("licenses") or [] if one["name"] != UNLICENSED]
    named = ", ".join(one.get("title") or one["name"] for one in stated)
    is_own = paper_sources.document(city) == DOCUMENTS[0]
    others = [str(one) for one in cited.get("license", [])]
    others = [one for one in others if not (is_own and one in {each["name"] for each in stated})]
    said = [text("paper.licence.data", lang, licence=named) if named else text("paper.licence.none", lang)]
    if others:
        part = "code" if is_own else "compendium"
        said.append(text(f"paper.licence.{part}", lang, licence=", ".join(others)))
    return "; ".join(said) + "."


def _authors(city: City) -> list[dict[str, str]]:
    named: list[dict[str, str]] = _publication(city).get("authors", [])
    if named or paper_sources.document(city) != "article":
        return named
    persons = [one for one in _citation(city).get("authors", []) if "family-names" in one]
    return [
        {
            "name": " ".join(filter(None, (one.get("given-names"), one["family-names"]))),
            "affiliation": one.get("affiliation", ""),
            "orcid": str(one.get("orcid", "")).rpartition("/")[2],
        }
        for one in persons
    ]


def _signed(author: Mapping[str, str], orcid: str) -> str:
    """Return name, affiliation and ORCID iD, the latter written as `orcid`, as far as these are given."""
    identifier = author.get("orcid")
    parts = (author["name"], author.get("affiliation"), identifier and orcid.format(identifier))
    return ", ".join(filter(None, parts))


def _publication(city: City) -> Mapping[str, Any]:
    return city.descriptor.get(BLOCK) or {}


def _citation(city: City) -> Mapping[str, Any]:
    path = city.root / CITATION
    return cities.read_yaml(path) if path.is_file() else {}
