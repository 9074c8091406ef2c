"""Texts of every kind keep to the glossary: papers, labels, raw texts and the guides for readers."""

import csv
import re

import pytest
from helpers import LANGUAGES, ROOT

from analysis.language.glossary import emphasised, glossary
from analysis.language.labels import catalogue

GUIDES = {
    "id": ("README.id.md", "docs/adapt.id.md", "docs/codebook.id.md"),
    "en": ("README.md", "docs/adapt.en.md", "docs/codebook.en.md"),
}
BESIDE = re.compile(
    r"^(`{3,})[^\n]*\n.*?^\1|`[^`]*`|\{\{<.*?>\}\}|\{[^{}]*\}|\]\([^)]*\)|@[\w-]+|https?://\S+|“[^”]*”"
    r"|[^\s\[\](){}*]*[/_][^\s\[\](){}*]*|\w+\.(?:csv|yaml|html|pdf|ipynb|py|md|xlsx)\b",
    re.DOTALL | re.MULTILINE,
)
"""What is no prose: code, variables, attributes, addresses, quotations, names of files."""
GLOSS = re.compile(r"\*\s\((?:pemerintahan cerdas)\)|\(\*snowball sampling\*\)")
"""A term in the other language, once, behind the term."""
NAMES = re.compile(
    r"Open Government (?:Indonesia|Partnership)|Open Data(?: 2016)?|(?:Bandung )?Smart Card|Smart City\b"
    r"|mobile apps|open apps|E-government|e-government"
    r"|Website, Android|Update Terakhir|Download ZIP|File Explorer"
)
"""Proper names, terms of the article that are named as such, spellings of others, buttons."""


HEADS = ("_article.yml", "_report.yml")


def raw_texts(lang):
    """Return the texts in `lang` of the raw files that people write, by file and column."""
    for path in [*ROOT.glob("data/raw/*/*.csv"), ROOT / "data/raw/framework.csv"]:
        for row in csv.DictReader(path.read_text("utf-8").splitlines()):
            for column, text in row.items():
                if column.endswith(f"_{lang}"):
                    yield f"{path.name} {column}", text or ""


def texts(lang):
    """Return every text in `lang` that the glossary holds for, by place."""
    papers = sorted((ROOT / "paper" / lang).glob("*.qmd"))
    heads = [path for path in (ROOT / "paper" / lang).glob("_*.yml") if path.name in HEADS]
    files = [*papers, *heads, *(ROOT / name for name in GUIDES[lang])]
    yield from ((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in files)
    yield from ((key, words[lang]) for key, words in catalogue().items())
    yield from raw_texts(lang)


def prose(text):
    return NAMES.sub(" ", GLOSS.sub(" ", BESIDE.sub(" ", text)))


def avoided(text, lang):
    """Return the forms of a text that the glossary says to avoid."""
    patterns = [term.avoid[lang] for term in glossary().values() if term.avoid[lang]]
    return [match[0] for pattern in patterns for match in pattern.finditer(prose(text))]


def upright(text):
    """Return the foreign terms of an Indonesian paper that do not stand in italics."""
    bare = re.sub(r"\*[^*\n]+\*", " ", prose(text))
    return re.findall("<(.*?)>", emphasised(bare, "id", "<", ">"))


def test_no_text_has_a_form_to_avoid(lang):
    assert {place: found for place, text in texts(lang) if (found := avoided(text, lang))} == {}


@pytest.mark.parametrize("name", [*HEADS, "article.qmd", "report.qmd"])
def test_foreign_terms_stand_in_italics_in_the_indonesian_papers(name):
    assert upright((ROOT / "paper/id" / name).read_text("utf-8")) == []


def test_every_term_is_named_in_both_languages_and_none_is_avoided_elsewhere():
    for concept, term in glossary().items():
        assert all(term.words.values()), concept
        for lang in LANGUAGES:
            assert not [form for form in avoided(term.words[lang], lang) if form], concept


def test_a_form_to_avoid_is_noticed_and_code_and_names_are_not():
    assert avoided("Lewat website atau handphone.", "id") == ["website", "handphone"]
    assert avoided("Lihat `website` dan Open Government Indonesia.", "id") == []
    assert upright("Aplikasi mobile dan *desktop*.") == ["mobile"]


def test_foreign_terms_are_marked_once_and_in_indonesian_alone():
    assert emphasised("Aplikasi mobile dan *desktop*", "id") == "Aplikasi *mobile* dan *desktop*"
    assert emphasised("Mobile apps", "en") == "Mobile apps"
    assert emphasised("notebooks/table4", "id") == "notebooks/table4"
    assert emphasised("Notebook", "id", "<em>", "</em>") == "<em>Notebook</em>"
