"""The codebook covers every code that a coder may write, and says nothing that the code does not do."""

import csv
import io
import json
import re
from collections import Counter

import pandas as pd
import pytest
from helpers import LANGUAGES, ROOT

from analysis.auditing import reliability
from analysis.language.formats import Result, display
from analysis.raw_data.schemas import schemas
from analysis.results.derivation_form import WRITTEN
from analysis.results.operations import OPERATIONS
from analysis.tables.findings import DIMENSIONS, PLACEHOLDER, POLARITIES

CODE = re.compile(r"`([^`]+)`")
PERSONAL = re.compile(
    r"\b(Bapak|Ibu|Pak|Bu|Mr|Mrs|Ms|Dr|Drs|Dra|Ir|Prof)\b\.? [A-Z]|\b(S|M)\.(Kom|Si|Sos|T|H|M|Eng)\b"
)
"""What goes with a person's name."""


def text(lang):
    return (ROOT / f"docs/codebook.{lang}.md").read_text("utf-8")


def tables(lang):
    """Return the tables of a codebook: rows of cells, heading first."""
    blocks = re.findall(r"(?:^\|.*\n)+", text(lang), flags=re.MULTILINE)
    rows = [[line.strip("|\n").split(" | ") for line in block.splitlines()] for block in blocks]
    return [[[cell.strip() for cell in row] for n, row in enumerate(table) if n != 1] for table in rows]


def first_column(lang, wanted):
    """Return the codes in the first column of the table that has `wanted` among them."""
    found = [[row[0].strip("`") for row in table[1:]] for table in tables(lang)]
    return next(column for column in found if wanted in column)


def framework():
    with (ROOT / "data/raw/framework.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def codes(name, column):
    fields = schemas()[name]["schema"]["fields"]
    return next(field["constraints"]["enum"] for field in fields if field["name"] == column)


def sections(lang):
    """Return the part of the codebook about each aspect."""
    parts = re.split(r"^#{2,4} ", text(lang), flags=re.MULTILINE)
    aspects = {row["code"] for row in framework() if row["level"] == "aspect"}
    return {code[1]: part for part in parts if (code := re.match(r"`(\w+)` · ", part)) and code[1] in aspects}


def test_every_aspect_of_the_framework_has_a_section_in_its_order(lang):
    aspects = [row["code"] for row in framework() if row["level"] == "aspect"]
    assert list(sections(lang)) == aspects
    headings = re.findall(r"^### .*\(`(\w+)`\)$", text(lang), flags=re.MULTILINE)
    assert tuple(headings) == DIMENSIONS


def test_every_aspect_stands_under_its_dimension(lang):
    parent = {row["code"]: row["parent"] for row in framework()}
    found = {}
    for part in re.split(r"^### ", text(lang), flags=re.MULTILINE):
        if dimension := re.match(r".*\(`(\w+)`\)\n", part):
            found |= dict.fromkeys(re.findall(r"^#### `(\w+)`", part, flags=re.MULTILINE), dimension[1])
    assert found == {aspect: parent[parent[aspect]] for aspect in sections(lang)}


def test_every_aspect_has_a_rule_and_an_example_for_every_polarity(lang):
    example = re.compile(r"\(`(\w+)`, `([a-z][a-z0-9_]*)`\) \|$")
    for aspect, part in sections(lang).items():
        rows = re.findall(r"^\| `.*$", part, flags=re.MULTILINE)
        assert [CODE.search(row)[1] for row in rows] == ["supports", "mixed", "hinders"], aspect
        found = [example.search(row) for row in rows]
        assert all(found), aspect
        assert {match[1] for match in found} <= set(codes("evidence", "method"))
        roles = {"observation": "researchers", "document": "records"}
        assert all(match[2] == roles.get(match[1], match[2]) for match in found), aspect


def test_every_aspect_names_its_neighbours_and_not_itself(lang):
    for aspect, part in sections(lang).items():
        borders = re.split(r"\*(?:Bukan\s+di\s+sini|Not\s+here):\*", part)[1].split("\n\n")[0]
        neighbours = set(CODE.findall(borders))
        assert neighbours and neighbours <= set(sections(lang)) - {aspect}


@pytest.mark.parametrize("name", ["evidence", "findings"])
def test_every_column_is_explained_in_the_order_of_the_file(lang, name):
    columns = [field["name"] for field in schemas()[name]["schema"]["fields"]]
    assert first_column(lang, columns[0]) == columns


def test_examples_of_columns_are_allowed_there(lang):
    for name in ("evidence", "findings"):
        fields = {field["name"]: field for field in schemas()[name]["schema"]["fields"]}
        table = next(t for t in tables(lang) if t[1][0].strip("`") == next(iter(fields)))
        for column, _, example in table[1:]:
            rules = fields[column.strip("`")].get("constraints", {})
            assert re.fullmatch(rules.get("pattern", ".*"), example.strip("`")), column
            assert example.strip("`") in rules.get("enum", [example.strip("`")]), column


def test_every_method_and_polarity_is_explained(lang):
    assert set(first_column(lang, "observation")) == set(codes("evidence", "method"))
    assert codes("evidence", "polarity") == codes("findings", "polarity") == list(POLARITIES)
    assert set(first_column(lang, "supports")) == set(POLARITIES)


def test_every_operation_is_explained_with_inputs_that_it_takes(lang):
    table = next(table for table in tables(lang) if table[0][0] == "`operation`")
    assert sorted(code for row in table[1:] for code in CODE.findall(row[0])) == sorted(OPERATIONS)
    for row in table[1:]:
        for operation in CODE.findall(row[0]):
            how, inputs = OPERATIONS[operation], row[2].strip("`").split()
            assert all(WRITTEN[how.takes].fullmatch(text) for text in inputs)
            assert how.least <= len(inputs) <= how.most
            assert not how.unit or f"`{how.unit}`" in row[3]


def test_every_placeholder_that_is_named_is_a_result(lang):
    known = json.loads((ROOT / "data/processed/bandung/results.json").read_text("utf-8"))
    named = set(PLACEHOLDER.findall(" ".join(CODE.findall(text(lang)))))
    assert len(named) == 5 and named <= set(known)


def test_rows_for_a_second_coder_are_rows_of_evidence(lang):
    block = re.search(r"```csv\n(.*?)```", text(lang), flags=re.DOTALL)[1]
    rows = list(csv.DictReader(io.StringIO(block)))
    assert list(rows[0]) == [field["name"] for field in schemas()["evidence"]["schema"]["fields"]]
    differing = {column for column in rows[0] if rows[0][column] != rows[1][column]}
    assert differing == {"polarity", "coder"}
    assert reliability.agreement(pd.DataFrame(rows)).coders == 2


def test_the_measures_of_the_worked_example_are_those_of_its_table(lang):
    table = next(table for table in tables(lang) if table[0][1:] == ["`c1`", "`c2`"])
    coded = pd.DataFrame([[cell.strip("`") for cell in row] for row in table[1:]])
    coded.columns = ["evidence_id", "c1", "c2"]
    observed = (coded["c1"] == coded["c2"]).mean()
    first, second = (Counter(coded[coder]) for coder in ("c1", "c2"))
    expected = sum(first[code] * second[code] for code in POLARITIES) / len(coded) ** 2
    measured = reliability.agreement(coded.melt("evidence_id", var_name="coder", value_name="polarity"))
    alpha, low, high = (f"{value:.2f}" for value in (measured.alpha, measured.low, measured.high))
    results = [f"{observed:.0%}", f"{(observed - expected) / (1 - expected):.2f}", alpha, f"{low} – {high}"]
    shown = [row[1] for row in next(t for t in tables(lang) if t[1][1] == "80%")[1:]]
    plain = [re.sub(r" (to|sampai) ", " – ", cell.replace(",", ".")) for cell in shown]
    assert plain == results


def test_numbers_are_written_as_each_language_writes_them():
    for lang in LANGUAGES:
        assert display(Result(0.86, "ratio"), lang) in text(lang)


def test_both_languages_have_the_same_structure():
    shapes = [
        {
            "headings": re.findall(r"^(#+) ", text(lang), flags=re.MULTILINE),
            "tables": [(len(table), len(table[0])) for table in tables(lang)],
            "steps": len(re.findall(r"^\d+\. ", text(lang), flags=re.MULTILINE)),
            "points": len(re.findall(r"^- ", text(lang), flags=re.MULTILINE)),
            "codes": {code for code in CODE.findall(text(lang)) if re.fullmatch(r"[a-z_]+", code)},
            "examples": [re.search(r"\(`.*\) ?$", row[-1]) for t in tables(lang) for row in t].count(None),
        }
        for lang in LANGUAGES
    ]
    assert shapes[0] == shapes[1]


def test_sources_are_roles_and_never_persons(lang):
    assert PERSONAL.findall(text(lang)) == []
    assert re.search(r"@\w+\.\w|\+62|\b08\d{8,}", text(lang)) is None


def test_every_link_and_file_that_is_named_exists(lang):
    targets = re.findall(r"\]\((?!http)([^)#]+)", text(lang))
    assert [target for target in targets if not (ROOT / "docs" / target).is_file()] == []
