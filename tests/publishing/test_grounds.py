"""Each sentence of the paper that judges the article rests on entries and results, and agrees with them.

In a source such a sentence is a span: ``[The totals agree.]{on="C086:reproduced evidence.coders=1"}`` rests
on an entry of the checking sheet with its verdict and on a result with its value. Templates drop that.
"""

import json
import re

import pytest
from helpers import LANGUAGES, ROOT

from analysis.results import rebuilt_files

CITY = "bandung"
RESTING = re.compile(r'\[((?:[^][]|\[[^][]*\])*)\]\{on="([^"]*)"\}')
BESIDE = re.compile(r"^(?:#|!\[|\*\*).*$", re.MULTILINE)
"""Headings and figures: no sentences."""
JUDGING = {
    "en": re.compile(
        r"\bagrees?\b|disagrees?\b|contradicts?\b|not follow|falls? short|arithmetic|stands? alone"
        r"|more than one reading|cannot be (?:cited|decided|told)|can be (?:cited|relied)|confirms?\b"
    ),
    "id": re.compile(
        r"terbukti|sesuai\b|tidak sejalan|bertentangan|diturunkan|kurang mendukung|lebih dari satu bacaan"
        r"|dapat (?:dikutip|diputuskan|dipastikan|dipegang)|membenarkan|[Pp]erhitungan"
    ),
}
"""What a sentence says that judges the article."""
OTHERWISE = {
    "en": ("bound to agree", "an article agrees with itself", "agree by construction"),
    "id": ("Pernyataan mana", "Apakah simpulannya", "Bagian mana", "Untuk semua yang"),
}
"""Sentences in which such words ask, or say what a table holds."""


def written(value):
    """Write a value as JSON has it, a text as it is and a whole number without a fraction."""
    value = int(value) if isinstance(value, float) and value.is_integer() else value
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture(scope="module")
def facts():
    """Return all that a sentence can rest on: verdicts by entry, values by key, what turns a judgement."""
    audit, results = rebuilt_files.load_audit(CITY), rebuilt_files.load_results(CITY)
    return {
        **{check["entry"]: check["verdict"] for check in audit["checks"]},
        **{key: written(result.value) for key, result in results.items()},
        **{f"ledger.{key}": written(count) for key, count in audit["counts"].items()},
        **{
            f"{one['rule']}.{one['judged']}.{one['kind']}": written(one["turned"])
            for one in audit["sensitivity"]
        },
    }


def source(lang):
    """Return the paper on the article, its head included."""
    folder = ROOT / "paper" / lang
    return "\n".join((folder / name).read_text("utf-8") for name in ("_article.yml", "article.qmd"))


def against(text, facts):
    """Return every ground in a text that is not as the text has it, with what is so instead."""
    grounds = [re.split("[:=]", ground) for _, on in RESTING.findall(text) for ground in on.split()]
    return [(subject, said, facts.get(subject)) for subject, said in grounds if facts.get(subject) != said]


def unfounded(text, lang):
    """Return the sentences of a text that judge the article and rest on nothing."""
    sentences = re.split(r"(?<=[.?!:;])\s|\n", BESIDE.sub("", RESTING.sub("", text)))
    return [
        one
        for one in sentences
        if JUDGING[lang].search(one) and not any(words in one for words in OTHERWISE[lang])
    ]


def test_no_sentence_is_against_the_ledger(lang, facts):
    assert against(source(lang), facts) == []


def test_no_sentence_judges_the_article_without_a_ground(lang):
    assert unfounded(source(lang), lang) == []


def test_both_languages_rest_on_the_same():
    indonesian, english = ([on for _, on in RESTING.findall(source(lang))] for lang in LANGUAGES)
    assert indonesian == english
    assert len(english) > 30


@pytest.mark.parametrize("subject", ["C003", "C086", "C173", "evidence.coders", "rules.overall.holds"])
def test_a_verdict_or_value_that_turns_is_noticed(subject, facts):
    for lang in LANGUAGES:
        assert {found for found, *_ in against(source(lang), facts | {subject: "turned"})} == {subject}


def test_a_judgement_without_a_ground_is_noticed():
    assert unfounded("The rebuilt tables confirm its counts.", "en")
    assert unfounded("Tabel itu membenarkan jumlahnya.", "id")
    assert not unfounded('[The totals agree.]{on="C086:reproduced"}', "en")
