"""The end of building many cities: what became of each, and why."""

import pytest

from analysis.commands.fleet_summary import tell
from analysis.fleet.outcomes import Outcome, lost

OUTCOMES = [
    Outcome("satu", "built", 1.25),
    Outcome("dua", "up_to_date"),
    Outcome("tiga", "failed", 2, lost(3)),
]


def test_what_failed_is_told_with_its_reason_and_what_was_up_to_date_only_counted(capsys):
    assert not tell(OUTCOMES, "en", 12.34)
    shown = " ".join(capsys.readouterr().out.split())
    assert "satu built" in shown and "tiga failed 2.0 The process" in shown
    assert "dua" not in shown
    assert "built: 1; up to date: 1; failed: 1; 12.3 s" in shown


@pytest.mark.parametrize(("lang", "words"), [("id", "0 kota dibangun"), ("en", "Cities built: 0")])
def test_one_line_tells_that_nothing_was_to_be_done(capsys, lang, words):
    assert tell([Outcome("dua", "up_to_date")], lang, 0.1)
    shown = capsys.readouterr().out
    assert words in shown and len(shown.splitlines()) == 1
