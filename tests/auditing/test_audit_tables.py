import pandas as pd
import pytest
from helpers import LANGUAGES, bandung
from test_ledger import audited

from analysis.auditing import audit_tables
from analysis.auditing.checks import BASES, EXPLAINED, VERDICTS
from analysis.language.labels import text

SHOWN = (*EXPLAINED, "failed")
WORDS = {
    "id": ("Dasar", "Jumlah", "Sesuai", "Disalin", "ya", "tidak", "Skor"),
    "en": ("Basis", "Total", "Agrees", "Transcribed", "yes", "no", "Score"),
}


def sheets(lang):
    """Return every sheet of Bandung's audit by name."""
    found = audited()
    return {
        "ledger_counts": audit_tables.ledger_counts(found.counts, bandung(), lang),
        "discrepancies": audit_tables.discrepancies(found.checks, bandung(), lang),
    }


NAMES = ("ledger_counts", "discrepancies")
each_sheet = pytest.mark.parametrize(("name", "lang"), [(name, lang) for name in NAMES for lang in LANGUAGES])
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def number(cell):
    """Read a whole number as either language writes it."""
    return int(cell.replace(".", "").replace(",", ""))


def ledger_of(verdicts):
    """Return a ledger with one check a verdict."""
    rows = [
        {
            **{"entry": f"C{n}", "kind": "number", "text_id": f"teks {n}", "text_en": f"text {n}"},
            **{"printed": f"p{n}", "rebuilt": f"r{n}", "result": "a.b", "locator": f"Tabel {n}"},
            **{"verdict": verdict, "explanation_id": f"sebab {n}", "explanation_en": f"why {n}"},
        }
        for n, verdict in enumerate(verdicts)
    ]
    return pd.DataFrame(rows)


@each_sheet
def test_every_cell_and_heading_is_a_text_and_every_column_has_a_side_and_a_width(name, lang):
    sheet = sheets(lang)[name]
    assert len(sheet.frame)
    assert len(sheet.align) == len(sheet.widths) == len(sheet.frame.columns)
    assert sheet.caption
    assert all(isinstance(cell, str) for row in sheet.frame.to_numpy().tolist() for cell in row)
    assert all(isinstance(heading, str) and heading for heading in sheet.frame.columns)
    assert sheet.frame.columns.is_unique


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_show_the_same_rows_in_their_own_words(name):
    first, second = (sheets(lang)[name] for lang in LANGUAGES)
    assert first.frame.shape == second.frame.shape
    assert (first.align, first.widths, first.has_total) == (second.align, second.widths, second.has_total)
    assert first.caption != second.caption
    assert all(one != other for one, other in zip(first.frame.columns, second.frame.columns, strict=True))


@each_language
def test_the_counts_are_shown_by_basis_and_verdict(lang):
    counts = audited().counts
    frame = sheets(lang)["ledger_counts"].frame
    basis, total, reproduced, transcribed = WORDS[lang][:4]
    assert [frame.columns[0], frame.columns[1], frame.columns[-1]] == [basis, reproduced, total]
    assert frame[basis].tolist()[0] == transcribed
    got = frame.set_index(basis).map(number)
    expected = [[counts[f"{name}.{verdict}"] for verdict in VERDICTS] for name in BASES]
    assert got.iloc[:-1, :-1].to_numpy().tolist() == expected


@each_language
def test_the_totals_of_the_counts_are_the_sums_of_rows_and_columns(lang):
    sheet = sheets(lang)["ledger_counts"]
    got = sheet.frame.set_index(sheet.frame.columns[0]).map(number)
    assert sheet.has_total
    assert got.iloc[-1].tolist() == got.iloc[:-1].sum().tolist()
    assert got.iloc[:, -1].tolist() == got.iloc[:, :-1].sum(axis="columns").tolist()
    assert got.iloc[-1, -1] == len(audited().checks)


@each_language
def test_the_note_of_the_counts_gives_the_headline(lang):
    note = sheets(lang)["ledger_counts"].note
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


@each_language
def test_only_checks_that_do_not_reproduce_are_listed(lang):
    frame = audit_tables.discrepancies(ledger_of(VERDICTS), bandung(), lang).frame
    expected = [f"C{n}" for n, verdict in enumerate(VERDICTS) if verdict in SHOWN]
    assert frame[text("column.entry", lang)].tolist() == expected
    assert frame[text("column.verdict", lang)].tolist() == [
        text(f"verdict.{verdict}", lang) for verdict in VERDICTS if verdict in SHOWN
    ]


@each_language
def test_a_ledger_in_which_all_reproduces_lists_nothing(lang):
    checks = ledger_of(["reproduced", "rounding", "not_checkable"])
    assert audit_tables.discrepancies(checks, bandung(), lang).frame.empty


def test_a_discrepancy_shows_both_values_and_the_explanation_in_its_language():
    indonesian, english = (
        audit_tables.discrepancies(ledger_of(["inconsistent"]), bandung(), lang) for lang in LANGUAGES
    )
    assert indonesian.frame.iloc[0].tolist() == [
        *("C0", "teks 0 (Tabel 0)", "p0", "r0", "Tidak sejalan", "sebab 0")
    ]
    assert english.frame.iloc[0].tolist() == [
        *("C0", "text 0 (Table 0)", "p0", "r0", "Disagrees with the article", "why 0")
    ]


@each_language
def test_the_discrepancies_of_bandung_are_all_there_and_explained(lang):
    checks = audited().checks
    expected = checks.loc[checks["verdict"].isin(SHOWN), "entry"].tolist()
    frame = sheets(lang)["discrepancies"].frame
    assert frame[text("column.entry", lang)].tolist() == expected
    assert (frame[text("column.explanation", lang)] != "").all()


@each_language
def test_no_code_is_left_in_the_discrepancies_of_bandung(lang):
    frame = sheets(lang)["discrepancies"].frame
    values = [cell for key in ("printed", "rebuilt") for cell in frame[text(f"column.{key}", lang)]]
    assert not [cell for cell in values if "_" in cell or "+" in cell or cell in ("true", "false")]
