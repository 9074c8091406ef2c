import pandas as pd
import pytest
from helpers import LANGUAGES, bandung, require_readable

from analysis.auditing import conclusion_tables
from analysis.language.labels import text
from analysis.results.sensitivity import COLUMNS, STEP, sensitivity
from analysis.results.verdicts import OVERALL, RULES
from analysis.tables.findings import DIMENSIONS

TRIED = sensitivity(bandung())
PREPARE = (conclusion_tables.conclusion, conclusion_tables.sensitivity)
each_sheet = pytest.mark.parametrize(
    ("prepare", "lang"), [(prepare, lang) for prepare in PREPARE for lang in LANGUAGES]
)


@each_sheet
def test_every_rule_is_named_once_with_what_it_judges_under_it(prepare, lang):
    frame = prepare(TRIED, bandung(), lang).frame
    expected = []
    for rule in RULES:
        blanks = len(DIMENSIONS) - (1 if rule.is_relative else 0)
        expected += [text(f"rule.{rule.name}", lang), *[""] * blanks]
    assert frame.iloc[:, 0].tolist() == expected
    whole = text("sensitivity.overall", lang)
    assert frame.iloc[:, 1].tolist().count(whole) == sum(not rule.is_relative for rule in RULES)


@each_sheet
def test_every_cell_is_a_text_and_every_column_has_a_side_and_a_width(prepare, lang):
    sheet = prepare(TRIED, bandung(), lang)
    require_readable(sheet)
    assert sheet.note


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "id",
            [
                ("Layanan Daring †", "0,00", "tidak", "10 dari 95"),
                ("Infrastruktur", "−0,25", "ya", "0 dari 95"),
            ],
        ),
        (
            "en",
            [("Online Services †", "0.00", "no", "10 of 95"), ("Infrastructure", "−0.25", "yes", "0 of 95")],
        ),
    ],
)
def test_the_conclusion_by_the_balance_of_evidence_as_it_is_shown(lang, expected):
    frame = conclusion_tables.conclusion(TRIED, bandung(), lang).frame
    start = frame.iloc[:, 0].tolist().index(text("rule.evidence", lang))
    assert [tuple(row)[1:] for row in frame.iloc[start : start + 2].itertuples(index=False)] == expected


def test_the_whole_falls_short_where_it_is_not_supportive():
    assert conclusion_tables.falls_short(OVERALL, verdict=False)
    assert not conclusion_tables.falls_short(OVERALL, verdict=True)
    assert conclusion_tables.falls_short(DIMENSIONS[0], verdict=True)


def test_what_turns_a_judgement_is_named_beside_how_often_it_does():
    frame = conclusion_tables.sensitivity(TRIED, bandung(), "en").frame
    start = frame.iloc[:, 0].tolist().index(text("rule.lowest_findings", "en"))
    infrastructure = frame.iloc[start + 1].tolist()
    assert infrastructure[2:] == ["0 of 15", "1 of 14", "1 of 6", "–", "–", "IN1 IN1+IN5"]
    start = frame.iloc[:, 0].tolist().index(text("rule.evidence", "en"))
    assert frame.iloc[start + 1].tolist()[5:7] == ["stays", "turns"]


@each_sheet
def test_a_city_without_coding_has_an_empty_table(prepare, lang):
    assert prepare(pd.DataFrame(columns=COLUMNS), bandung(), lang).frame.empty


def test_the_numbers_of_the_conclusion_are_those_of_one_step():
    frame = conclusion_tables.conclusion(TRIED, bandung(), "en").frame
    steps = TRIED[TRIED["kind"] == STEP]
    expected = [f"{n} of {tried}" for n, tried in zip(steps["turned"], steps["tried"], strict=True)]
    assert frame.iloc[:, -1].tolist() == expected
