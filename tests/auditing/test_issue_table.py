import pytest
from helpers import bandung
from test_ledger import audited

from analysis.auditing.issue_table import issue_table

ISSUE = {
    "issue": "I01",
    "weight": "number",
    "verdict": "inconsistent",
    **{"title_id": "Ada 3 aplikasi", "shown_id": "1 + 1 = 2.", "mend_id": "Tulis 2."},
    **{"title_en": "There are 3 applications", "shown_en": "1 + 1 = 2.", "mend_en": "Write 2."},
    "entries": ["C001", "C002"],
    "places": ["Abstrak · kalimat 3", "Tabel 4", "Tabel 5", "Tabel 6"],
}


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("id", "Ada 3 aplikasi (Abstrak · kalimat 3; Tabel 4; Tabel 5; C001, C002)"),
        ("en", "There are 3 applications (Abstract · sentence 3; Table 4; Table 5; C001, C002)"),
    ],
)
def test_a_row_can_be_read_alone(lang, expected):
    row = issue_table([ISSUE], bandung(), lang).frame.iloc[0].tolist()
    assert row[0] == expected
    assert row[3].startswith("1 + 1 = 2. ")


def test_every_issue_of_bandung_is_a_row_in_order(lang):
    issues = audited().issues
    frame = issue_table(issues, bandung(), lang).frame
    assert [claim.split(" (")[0] for claim in frame.iloc[:, 0]] == [
        one[f"title_{lang}"].split(" (")[0] for one in issues
    ]
    assert frame.map(bool).all(axis=None)


def test_a_city_without_issues_has_an_empty_table():
    assert issue_table([], bandung(), "en").frame.empty
