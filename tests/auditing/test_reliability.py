from fractions import Fraction
from itertools import permutations

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.auditing import reliability

LETTERS = {"s": "supports", "m": "mixed", "h": "hinders"}
RANK = {"h": 0, "m": 1, "s": 2}

# K. Krippendorff (2019), Content Analysis, 4th ed., ch. 12: four observers, "." where one did not code.
TEXTBOOK = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
GRADED = tuple(row.translate(str.maketrans("12345", "hmmss")) for row in TEXTBOOK)
"""The same with the observers' five codes merged into our three."""

EXAMPLES = {
    "two coders who differ once": ("sshhmm", "sshhms"),
    "two coders who are opposed": ("sshh", "hhss"),
    "records that only one coded": ("ssh.m.", "s.hsmh"),
    "three coders": ("ssmhhs", "ssmmhs", "s.mhhm"),
    "the textbook's data": GRADED,
}


def codings(coders):
    """Return evidence coded by a, b, …: one letter a record, "." where a coder left it out."""
    rows = [
        (f"E{n:02d}", name, LETTERS[letter])
        for name, letters in zip("abcdef", coders, strict=False)
        for n, letter in enumerate(letters, start=1)
        if letter != "."
    ]
    return pd.DataFrame(rows, columns=["evidence_id", "coder", "polarity"])


def alpha_by_hand(coders, rank):
    """Compute Krippendorff's alpha of ordinal codes from its definition; None where it has no meaning."""
    units = [[rank[code] for code in unit if code != "."] for unit in zip(*coders, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    if len(set(values)) < 2:
        return None

    def distance(one, other):
        low, high = sorted((one, other))
        between = sum(low <= value <= high for value in values)
        return (between - Fraction(values.count(low) + values.count(high), 2)) ** 2

    observed = sum(
        Fraction(sum(distance(*pair) for pair in permutations(unit, 2)), len(unit) - 1) for unit in units
    )
    expected = Fraction(sum(distance(*pair) for pair in permutations(values, 2)), len(values) - 1)
    return float(1 - observed / expected)


@pytest.fixture
def few_draws(monkeypatch):
    """Bootstrap only a little where the interval does not matter."""
    monkeypatch.setattr(reliability, "DRAWS", 3)


def test_the_definition_as_written_here_gives_the_textbook_s_value():
    got = alpha_by_hand(TEXTBOOK, {digit: int(digit) for digit in "12345"})
    assert round(got, 3) == 0.815


@settings(max_examples=60)
@given(
    st.integers(1, 8).flatmap(
        lambda n: st.lists(st.text("smh.", min_size=n, max_size=n), min_size=2, max_size=3)
    )
)
def test_alpha_is_that_of_the_definition_for_any_codes(coders):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reliability, "DRAWS", 1)
        got = reliability.agreement(codings(coders)).alpha
    expected = alpha_by_hand(coders, RANK)
    assert got == (None if expected is None else pytest.approx(expected, abs=1e-9))


@pytest.mark.parametrize("coders", EXAMPLES.values(), ids=EXAMPLES)
def test_alpha_is_that_of_another_program(coders, few_draws):
    codes = [[RANK.get(letter, np.nan) for letter in letters] for letters in coders]
    expected = krippendorff.alpha(reliability_data=codes, level_of_measurement="ordinal")
    assert reliability.agreement(codings(coders)).alpha == pytest.approx(expected, abs=1e-12)


def test_perfect_agreement_is_1_throughout():
    got = reliability.agreement(codings(("smhs", "smhs")))
    assert (got.alpha, got.low, got.high) == (1.0, 1.0, 1.0)
    assert got.disagreements.empty


@pytest.mark.parametrize("coders", EXAMPLES.values(), ids=EXAMPLES)
def test_the_interval_contains_alpha_and_is_the_same_on_every_run(coders):
    first, second = (reliability.agreement(codings(coders)) for _ in range(2))
    assert first.low <= first.alpha <= first.high
    assert (first.low, first.high) == (second.low, second.high)


def test_the_interval_leaves_out_2_5_percent_of_the_draws_on_either_side():
    # One record of three differs. One draw in 25 of those that have two codes has nothing else, and more than
    # one in 25 does not have it at all: both kinds are too many to be cut off.
    got = reliability.agreement(codings(("ssh", "shh")))
    assert (got.low, got.high) == pytest.approx((alpha_by_hand(("sss", "hhh"), RANK), 1.0))


@pytest.mark.parametrize(
    ("coders", "records"),
    [(("smh",), 0), (("sm..", "..hs"), 0), (("sss", "sss"), 3)],
    ids=["one coder", "no record in common", "all codes the same"],
)
def test_where_nothing_can_differ_there_is_no_alpha(coders, records):
    got = reliability.agreement(codings(coders))
    assert (got.coders, got.records) == (len(coders), records)
    assert (got.alpha, got.low, got.high) == (None, None, None)
    assert got.disagreements.empty


def test_only_records_that_two_or_more_coded_count():
    got = reliability.agreement(codings(("smh.", "sm.h", "s...")))
    assert (got.coders, got.records) == (3, 2)


def test_every_record_coded_differently_is_listed_with_each_coder_s_code():
    got = reliability.agreement(codings(("smhs", "smms", "s.hh"))).disagreements
    assert got.columns.tolist() == ["evidence_id", "a", "b", "c"]
    assert got.to_numpy().tolist() == [
        ["E03", "hinders", "mixed", "hinders"],
        ["E04", "supports", "supports", "hinders"],
    ]


def test_a_coder_who_left_a_record_out_has_no_code_in_the_list():
    got = reliability.agreement(codings(("sm", "sh", "s."))).disagreements
    assert got.to_numpy().tolist() == [["E02", "mixed", "hinders", ""]]
