import pytest
from helpers import LANGUAGES, bandung, require_readable
from test_ledger import audited

from analysis.auditing import audit_tables
from analysis.auditing.checks import BASES, VERDICTS

WORDS = {"id": ("Dasar", "Jumlah", "Sesuai", "Disalin"), "en": ("Basis", "Total", "Agrees", "Transcribed")}

each_language = pytest.mark.parametrize("lang", LANGUAGES)


def counts(lang):
    """Return Bandung's ledger in numbers as a table."""
    return audit_tables.ledger_counts(audited().counts, bandung(), lang)


def number(cell):
    """Read a whole number as either language writes it."""
    return int(cell.replace(".", "").replace(",", ""))


@each_language
def test_every_cell_and_heading_is_a_text_and_every_column_has_a_side_and_a_width(lang):
    require_readable(counts(lang))


def test_the_languages_show_the_same_rows_in_their_own_words():
    first, second = map(counts, LANGUAGES)
    assert first.frame.shape == second.frame.shape
    assert (first.align, first.has_total) == (second.align, second.has_total)
    assert first.caption != second.caption
    assert all(one != other for one, other in zip(first.frame.columns, second.frame.columns, strict=True))


@each_language
def test_the_counts_are_shown_by_basis_and_verdict(lang):
    found, frame = audited().counts, counts(lang).frame
    basis, total, reproduced, transcribed = WORDS[lang]
    assert [frame.columns[0], frame.columns[1], frame.columns[-1]] == [basis, reproduced, total]
    assert frame[basis].tolist()[0] == transcribed
    got = frame.set_index(basis).map(number)
    expected = [[found[f"{name}.{verdict}"] for verdict in VERDICTS] for name in BASES]
    assert got.iloc[:-1, :-1].to_numpy().tolist() == expected


@each_language
def test_the_totals_of_the_counts_are_the_sums_of_rows_and_columns(lang):
    sheet = counts(lang)
    got = sheet.frame.set_index(sheet.frame.columns[0]).map(number)
    assert sheet.has_total
    assert got.iloc[-1].tolist() == got.iloc[:-1].sum().tolist()
    assert got.iloc[:, -1].tolist() == got.iloc[:, :-1].sum(axis="columns").tolist()
    assert got.iloc[-1, -1] == len(audited().checks)


@each_language
def test_the_note_of_the_counts_gives_the_headline(lang):
    note = counts(lang).note
    assert str(audited().counts["checked"]) in note
    assert str(audited().counts["reproduced"]) in note


@pytest.mark.parametrize(("lang", "expected"), [("id", ("1.081", "1.000")), ("en", ("1,081", "1,000"))])
def test_large_counts_are_written_as_each_language_writes_them(lang, expected):
    names = [f"{basis}.{verdict}" for basis in BASES for verdict in VERDICTS]
    sums = [f"basis.{name}" for name in BASES] + [f"verdict.{name}" for name in VERDICTS]
    counts = dict.fromkeys([*names, *sums], 0) | {"total": 1081, "checked": 1081, "reproduced": 1000}
    sheet = audit_tables.ledger_counts(counts, bandung(), lang)
    assert sheet.frame.iloc[-1, -1] == expected[0]
    assert all(number in sheet.note for number in expected)
