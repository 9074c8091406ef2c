import csv
import os
from pathlib import Path

import pytest
from helpers import CITY, FILES, LANGUAGES, ROOT, open_project, write_yaml

from analysis.checking import validation
from analysis.language.labels import catalogue
from analysis.language.problems import RawDataError
from analysis.project import cities
from analysis.raw_data.schemas import columns_of


def replaced(file, old, new):
    """Return a change that replaces a text in one file."""
    assert FILES[file].count(old) == 1, old
    return {file: FILES[file].replace(old, new)}


def described(change):
    """Return a change of the city's descriptor."""

    def edit(place):
        change(place.descriptor)
        write_yaml(place.raw / "datapackage.yaml", place.descriptor)

    return edit


def linked(path):
    """Put a file elsewhere and a symbolic link in its place."""
    elsewhere = path.rename(path.parents[3] / "elsewhere.csv")
    path.symlink_to(elsewhere)


def piped(path):
    """Put a pipe, or a folder where the system has none, in the place of a file."""
    path.unlink()
    getattr(os, "mkfifo", os.mkdir)(path)


def recorded(file, content):
    """Return a change that replaces a file and records its hash."""

    def edit(place):
        (place.raw / file).write_bytes(content)
        validation.record_hashes(place)

    return edit


def derived(rows):
    """Return the change of a city's derived numbers into `rows`."""
    return {"derivations": f"key,operation,inputs,condition,unit\n{rows}\n"}


HEADER = "name,owner,type,ownership,status,function,last_updated,sheet,source_row\n"
FINDING = r"([^0-9{}]|\{[a-z][a-z0-9_.]*\})*"


def inventory(*rows):
    """Return the change of a city with counts into one with an inventory, without integrations."""
    records = HEADER + "".join(f"{row},,\n" for row in rows)
    return {"applications": records, "applications_recap": None, "integrations": None}


def replacements():
    """Yield the defects of ``defects.csv``: name, change, and the problem that it makes."""
    with Path(__file__).with_name("defects.csv").open(encoding="utf-8", newline="") as stream:
        for name, file, old, new, kind, row, *rest in list(csv.reader(stream))[1:]:
            yield name, (replaced(file, old, new), (kind, f"{file}.csv", int(row) if row else None, *rest))


# What is done to the package, and the one problem that it makes: kind, file, row, column, found, expected.
CLAIM_HEADER = (
    "claim_id,kind,says,text_id,text_en,printed,relation,result,tolerance,needed_id,needed_en,locator\n"
)
PRINTED_TABLES = "table2, table4, table5, table6, table7, table8"
CELL_HEADER = "table,row,column,value,says,locator\n"
ISSUES = f"{','.join(columns_of('issues'))}\nI01,term,a,b,c,d,e,f,g,h\n"
E4_OF_OTHERS = "E4,open_data_quantity,document,records,hinders"
MUTILATIONS = {
    "a file is gone": (
        lambda place: (place.raw / "metrics.csv").unlink(),
        ("file.missing", "metrics.csv", None, "", "", ""),
    ),
    "a file is a link": (
        lambda place: linked(place.raw / "metrics.csv"),
        ("file.link", "metrics.csv", None, "", "", ""),
    ),
    "a file is a pipe": (
        lambda place: piped(place.raw / "metrics.csv"),
        ("file.no_file", "metrics.csv", None, "", "", ""),
    ),
    "a file was edited": (
        lambda place: (place.raw / "metrics.csv").open("a").write("a.b,1,x,x,x,x\n"),
        ("file.hash", "metrics.csv", None, "", "", CITY),
    ),
    "no application at all": (
        {"applications_recap": "attribute,category,count,locator\n"},
        ("file.no_applications", "applications_recap.csv", None, "", "", ""),
    ),
    "semicolons": (
        recorded("integrations.csv", FILES["integrations"].replace(",", ";").encode()),
        ("file.delimiter", "integrations.csv", 1, "", ";", ""),
    ),
    "no UTF-8": (
        recorded("integrations.csv", FILES["integrations"].replace("Sehat", "Séhat").encode("cp1252")),
        ("file.encoding", "integrations.csv", 2, "", "", ""),
    ),
    "an empty file": (
        recorded("integrations.csv", b""),
        ("file.empty", "integrations.csv", None, "", "", ""),
    ),
    "a NUL": (
        recorded("integrations.csv", FILES["integrations"].replace("Siaga", "Si\0ga").encode()),
        ("file.unreadable", "integrations.csv", 2, "", "NUL", ""),
    ),
    "a file outside the package": (
        described(lambda package: package["resources"][0].update(path="../framework.csv")),
        ("descriptor.part", "datapackage.yaml", None, "", "resources[0].path", ""),
    ),
    **{
        f"something personal: {kind}": (
            replaced("metrics", "titik akses", f"titik akses {text}"),
            (f"personal.{kind}", "metrics.csv", 2, "label_id", shown, CITY),
        )
        for kind, text, shown in (
            ("nik", "3273014107900003", "3273…03"),
            ("nip", "198001012005011001", "1980…01"),
            ("phone", "0812-3456-7890", "0812…90"),
            ("email", "a@b.id", "a@b.id"),
            ("name", "Dr. Rina Sari", "Dr. Rina Sari"),
        )
    },
    "a date of publication as it is spoken": (
        described(lambda package: package.update(publication={"date": "besok"})),
        ("descriptor.publication", "datapackage.yaml", None, "", "publication.date", CITY),
    ),
    "no English name": (
        described(lambda package: package["city"].update(name_en="")),
        ("descriptor.city", "datapackage.yaml", None, "", "", "name_en"),
    ),
    "synthetic is no truth value": (
        described(lambda package: package["city"].update(synthetic="false")),
        ("descriptor.city", "datapackage.yaml", None, "", "", "synthetic"),
    ),
    "a descriptor that is no YAML": (
        lambda place: (place.raw / "datapackage.yaml").write_text("name: x\ncity: [\n", encoding="utf-8"),
        ("descriptor.unreadable", "datapackage.yaml", 3, "", "did not find expected node content", ""),
    ),
    "a descriptor without the city": (
        described(lambda package: package.pop("city")),
        ("descriptor.part", "datapackage.yaml", None, "", "city", ""),
    ),
    "a laxer schema": (
        described(lambda package: package["resources"][1]["schema"]["fields"][0].pop("constraints")),
        ("descriptor.schema", "datapackage.yaml", None, "", "integrations", ""),
    ),
    "a file that is not listed": (
        lambda place: (place.raw / "extra.csv").touch(),
        ("descriptor.unlisted", "extra.csv", None, "", "", ""),
    ),
    "a decimal comma": (
        {"claims": f'{CLAIM_HEADER}C001,number,article,Ada,One,1,equals,applications.total,"0,5",,,S\n'},
        ("cell.type.number", "claims.csv", 2, "tolerance", "0,5", ""),
    ),
    "a tolerance wider than the printed digits": (
        {"claims": f"{CLAIM_HEADER}C001,average,article,Ada,One,9.5,equals,applications.total,0.5,,,S\n"},
        ("cell.tolerance", "claims.csv", 2, "tolerance", "0.5", "0, 0.05"),
    ),
    "a claim with a result and with data needed for one": (
        {"claims": f"{CLAIM_HEADER}C001,number,article,Ada,One,1,equals,applications.total,0,,a list,S\n"},
        ("cell.needed", "claims.csv", 2, "needed_en", "a list", ""),
    ),
    "a date as it is spoken": (
        inventory("Siaga,Dinas Kota,web,own,operational,,31/03/2024"),
        ("cell.type.date", "applications.csv", 2, "last_updated", "31/03/2024", ""),
    ),
    "a date that is in the future": (
        inventory("Siaga,Dinas Kota,web,own,operational,,2204-12-31"),
        ("cell.future", "applications.csv", 2, "last_updated", "2204-12-31", ""),
    ),
    "an agency spelt in two ways": (
        inventory(
            "Siaga,Dinas Kota,web,own,operational,,",
            "Sehat,Dinas Kota,web,own,operational,,",
            "Lapor,DINAS  KOTA,web,own,operational,,",
        ),
        ("cell.variant", "applications.csv", 4, "owner", "DINAS  KOTA", ""),
    ),
    "an application twice but for capitals": (
        inventory("Siaga,Dinas Kota,web,own,operational,,", "SIAGA,Dinas Kota,web,own,operational,,"),
        ("row.alike", "applications.csv", 3, "", "2", ""),
    ),
    "an integration of what the inventory lacks": (
        inventory("Siaga,Dinas Kota,web,own,operational,,", "Sehat,Dinas Kota,web,own,operational,,")
        | {"integrations": "application,integrated_with,locator\nSiaga,Sehatt,T7\n"},
        ("cell.unlisted", "integrations.csv", 2, "integrated_with", "Sehatt", ""),
    ),
    "an inventory and a recap": (
        {"applications": f"{HEADER}Siaga,Dinas Kota,web,own,operational,,,,\n", "integrations": None},
        ("file.both", "applications_recap.csv", None, "", "applications.csv", ""),
    ),
    "a control character": (
        replaced("metrics", "titik akses", "titik\x1bakses"),
        ("cell.control", "metrics.csv", 2, "label_id", r"titik\x1bakses", ""),
    ),
    "a required cell of spaces": (
        replaced("metrics", "titik akses", " \u200b"),
        ("text.blank_id", "metrics.csv", 2, "label_id", "informants.csv, role_id", ""),
    ),
    "a text without its English": (
        replaced("findings", "WiFi is scarce.", ""),
        ("text.blank_en", "findings.csv", 3, "text_en", "informants.csv, role_en", ""),
    ),
    "a source without its English title": (
        described(lambda package: package["resources"][0].update(sources=[{"title": "Data"}])),
        (
            *("text.blank_en", "datapackage.yaml", None),
            *("applications_recap.sources[0].title_en", "informants.csv, role_en", ""),
        ),
    ),
    "a statement in English alone": (
        described(lambda package: package.update(publication={"funding_en": "None."})),
        ("text.unsaid_id", "datapackage.yaml", None, "publication.funding_id", "", ""),
    ),
    "a statement in Indonesian alone": (
        described(lambda package: package.update(publication={"funding_id": "Tidak ada."})),
        ("text.unsaid_en", "datapackage.yaml", None, "publication.funding_en", "", ""),
    ),
    "findings without any evidence": (
        {"evidence": FILES["evidence"].splitlines()[0] + "\n"},
        ("file.no_evidence", "findings.csv", None, "", "", ""),
    ),
    "a brace that stays open": (
        replaced("findings", "Ada {services.web_or_mobile.count}", "Ada {services.web_or_mobile.count"),
        ("cell.pattern", "findings.csv", 2, "text_id", "Ada {services", FINDING),
    ),
    "a derived number named like a group of results": (
        derived("informants.total.all,sum,wifi.access_points 1,,x"),
        ("cell.taken", "derivations.csv", 2, "key", "informants.total.all", "informants.total"),
    ),
    "an input too few": (
        derived("a.b,ratio,wifi.access_points,,ratio"),
        ("cell.inputs", "derivations.csv", 2, "inputs", "1", "2"),
    ),
    "a file where a result is asked for": (
        derived("a.b,sum,wifi.access_points informants.csv,,x"),
        ("cell.input_form", "derivations.csv", 2, "inputs", "informants.csv", "a.key, a.group.*, 12"),
    ),
    "a sum with a date": (
        derived("a.b,sum,wifi.access_points open_data.declaration,,x"),
        ("cell.input_unit", "derivations.csv", 2, "inputs", "open_data.declaration", "date"),
    ),
    "the year of a number": (
        derived("a.b,year_of,wifi.access_points,,year"),
        ("cell.input_date", "derivations.csv", 2, "inputs", "wifi.access_points", "access_point"),
    ),
    "derived numbers that need each other": (
        derived("a.b,sum,a.c 1,,x\na.c,sum,a.b 1,,x"),
        ("cell.circle", "derivations.csv", 3, "inputs", "a.b", "a.b → a.c → a.b"),
    ),
    "a share of nothing": (
        derived("a.b,share,wifi.access_points applications.ownership.grant.count,,share"),
        ("cell.divisor", "derivations.csv", 2, "inputs", "wifi.access_points", ""),
    ),
    "a count of rows that there are not": (
        {"integrations": None, **derived("a.b,count_where,integrations.csv,,x")},
        ("cell.no_records", "derivations.csv", 2, "inputs", "integrations.csv", ""),
    ),
    "a condition that is none": (
        derived("a.b,count_where,informants.csv,citizens,group"),
        ("cell.condition", "derivations.csv", 2, "condition", "citizens", ""),
    ),
    "a condition for a sum of results": (
        derived("a.b,sum,wifi.access_points 1,group=citizens,x"),
        ("cell.condition_unused", "derivations.csv", 2, "condition", "group=citizens", "sum"),
    ),
    "a share in persons": (
        derived("a.b,share,informants.snowball informants.total,,person"),
        ("cell.unit_of", "derivations.csv", 2, "unit", "person", "share"),
    ),
    "a key twice in the descriptor": (
        lambda place: (place.raw / "datapackage.yaml").open("a").write("name: again\n"),
        ("descriptor.unreadable", "datapackage.yaml", 1, "", "name: 2", ""),
    ),
    "a resource without a title": (
        described(lambda package: package["resources"][0].pop("title_en")),
        ("descriptor.part", "datapackage.yaml", None, "", "resources[0].title_en", ""),
    ),
    "a name that is no name": (
        described(lambda package: package.update(name="Kota Baru!")),
        ("descriptor.invalid", "datapackage.yaml", None, "", "", ""),
    ),
    "evidence that is another for another coder": (
        replaced("evidence", "E4,open_data_quantity,interview,citizens,hinders", E4_OF_OTHERS),
        ("row.recoded", "evidence.csv", 6, "method", "5", "method, role"),
    ),
    "a claim that asks for what was not computed": (
        {"claims": f"{CLAIM_HEADER}C001,number,article,Ada,One,1,equals,applications.totl,0,,,S\n"},
        ("cell.result", "claims.csv", 2, "result", "applications.totl", ""),
    ),
    "a printed cell in a row that there is not": (
        {"published": f"{CELL_HEADER}table4,wbe,count,6,article,T4\n"},
        ("cell.reference", "published.csv", 2, "row", "wbe", "table4"),
    ),
    "a printed cell in a column that there is not": (
        {"published": f"{CELL_HEADER}table8,OS1,services.count,6,article,T8\n"},
        ("cell.reference", "published.csv", 2, "column", "services.count", "table8"),
    ),
    "a printed cell of a table that there is not": (
        {"published": f"{CELL_HEADER}table9,web,count,6,article,T4\n"},
        ("cell.enum", "published.csv", 2, "table", "table9", PRINTED_TABLES),
    ),
    "a discrepancy of no claim and no cell": (
        {
            "discrepancies": f"{','.join(columns_of('discrepancies'))}\nC9,I01,ambiguous,1,2\n",
            "issues": ISSUES,
        },
        ("cell.reference", "discrepancies.csv", 2, "entry", "C9", "claims.csv, published.csv"),
    ),
    "entries of one issue with two verdicts": (
        {
            "published": f"{CELL_HEADER}table4,web,count,6,article,T4\ntable4,mobile,count,1,article,T4\n",
            "discrepancies": f"{','.join(columns_of('discrepancies'))}\n"
            "table4/web/count,I01,ambiguous,6,7\ntable4/mobile/count,I01,inconsistent,1,2\n",
            "issues": ISSUES,
        },
        ("cell.one_verdict", "discrepancies.csv", 3, "verdict", "inconsistent", "I01"),
    ),
    "findings of two dimensions that are told as one": (
        {"recodings": f"{','.join(columns_of('recodings'))}\nOS1 IN1,mixed,a,a\n"},
        ("cell.one_dimension", "recodings.csv", 2, "findings", "OS1 IN1", ""),
    ),
    "a finding that is told otherwise and is not there": (
        {"recodings": f"{','.join(columns_of('recodings'))}\nOS9,mixed mixed,a,a\n"},
        ("cell.reference", "recodings.csv", 2, "findings", "OS9", "findings.csv"),
    ),
    "a control character in a name of the city": (
        described(lambda package: package["city"].update(name_en="New\x1bCity")),
        ("cell.control", "datapackage.yaml", None, "", r"New\x1bCity", ""),
    ),
    "a part of the city block that is misspelt": (
        described(lambda package: package["city"].update(stale_month=24)),
        ("descriptor.city", "datapackage.yaml", None, "", "", "stale_month"),
    ),
    "no headings": (
        replaced("integrations", "application,integrated_with,locator\n", ""),
        (
            "file.columns",
            "integrations.csv",
            1,
            "",
            "Siaga, Sehat, T7",
            "application, integrated_with, locator",
        ),
    ),
    "a character that XML has not": (
        replaced("integrations", "NA,0012", "N\ufffeA,0012"),
        ("cell.control", "integrations.csv", 4, "application", r"N\ufffeA", ""),
    ),
    "a number typed into a finding": (
        replaced("findings", "WiFi kurang.", "WiFi kurang 3."),
        ("cell.pattern", "findings.csv", 3, "text_id", "WiFi kurang 3.", FINDING),
    ),
    "a blank row": (
        replaced("integrations", "Sehat,Lapor,T7\n", ",,\n"),
        ("row.blank", "integrations.csv", 3, "", "", ""),
    ),
    "a category left out": (
        replaced("applications_recap", "ownership,grant,0,T5\n", ""),
        ("row.category_missing", "applications_recap.csv", None, "", "grant", "ownership"),
    ),
    "another attribute's category": (
        replaced("applications_recap", "grant,0,T5\n", "grant,0,T5\nownership,trial,0,T5\n"),
        ("cell.enum", "applications_recap.csv", 9, "category", "trial", "own, central, grant"),
    ),
    **dict(replacements()),
}


@pytest.mark.parametrize(("change", "expected"), MUTILATIONS.values(), ids=MUTILATIONS)
def test_one_defect_is_one_problem_in_its_place(tmp_path, monkeypatch, change, expected):
    files = change if isinstance(change, dict) else {}
    place = open_project(monkeypatch, tmp_path, **files)
    if not files:
        change(place)
    got = [
        (p.kind, p.file, p.row, p.column, p.found[: len(expected[4])], p.expected)
        for p in validation.check(CITY)
    ]
    assert got == [expected]


OF_COMMANDS = ("prose.", "describe.", "release.")
"""How kinds of problems begin that are none of a package: papers and commands have them."""


def test_every_kind_of_problem_in_the_catalogue_has_been_provoked():
    others = {"heading", "row", "rows", "column"}
    """Parts of sentences."""
    kinds = {key.removeprefix("problem.") for key in catalogue() if key.startswith("problem.")} - others
    kinds = {kind for kind in kinds if not kind.startswith(OF_COMMANDS)}
    assert {expected[0] for _, expected in MUTILATIONS.values()} == kinds


def test_every_kind_of_problem_comes_with_its_remedy():
    kinds = {expected[0] for _, expected in MUTILATIONS.values()}
    remedies = {key.removeprefix("remedy.") for key in catalogue() if key.startswith("remedy.")}
    assert {kind for kind in remedies if not kind.startswith(OF_COMMANDS)} == kinds


def test_a_valid_package_has_no_problem(tmp_path, monkeypatch):
    open_project(monkeypatch, tmp_path)
    assert validation.check(CITY) == []
    assert validation.require_valid(CITY) == []


def test_many_defects_are_told_at_once_warnings_last(tmp_path, monkeypatch):
    changes = ("a code with a capital", "evidence that there is not", "a parent that there is not")
    files = {file: text for name in changes for file, text in MUTILATIONS[name][0].items()}
    place = open_project(monkeypatch, tmp_path, **files)
    (place.raw / "metrics.csv").unlink()
    got = {(p.kind, p.file) for p in validation.check(CITY)}
    assert got == {
        ("cell.pattern", "informants.csv"),
        ("cell.evidence", "findings.csv"),
        ("row.foreign_key", "framework.csv"),
        ("file.missing", "metrics.csv"),
    }


def test_a_blank_cell_hides_no_reference_and_causes_no_second_message(tmp_path, monkeypatch):
    place = open_project(
        monkeypatch,
        tmp_path,
        informants=FILES["informants"].replace("officials,", ","),
        evidence=FILES["evidence"].replace("E1,service_access", "E1,service_acces"),
        findings=FILES["findings"].replace("E1 E2", "E1 E9").replace("There are {", "There are {no."),
    )
    (place.raw / "integrations.csv").open("a").write("a,b,T7\n")
    got = {(p.kind, p.file, p.row, p.column) for p in validation.check(CITY)}
    assert got == {
        ("cell.required", "informants.csv", 2, "group"),
        ("cell.enum", "evidence.csv", 2, "aspect"),
        ("cell.evidence", "findings.csv", 2, "evidence_ids"),
        ("cell.result", "findings.csv", 2, "text_en"),
        ("file.hash", "integrations.csv", None, ""),
    }


DEFECTS = {
    "applications_recap": [
        ("web,6", "wbe,6", ("cell.enum", 2, "category")),
        ("mobile,1", "mobile,-1", ("cell.minimum", 3, "count")),
        ("ownership,own,7", "ownership,own,7.0", ("cell.type.integer", 6, "count")),
        ("status,planned,1,T6", "status,planned,1,", ("cell.required", 9, "locator")),
        ("inactive,2,T6\n", "inactive,2,T6\nstatus,trial,9,T6\n", ("row.key", 14, "")),
    ],
    "integrations": [
        ("Siaga,Sehat", "Siaga,Siaga", ("row.self", 2, "integrated_with")),
        ("Sehat,Lapor,T7", "Sehat,Lapor", ("row.missing_cell", 3, "locator")),
        ("NA,0012,T7", "NA,0012,T7,T8", ("row.extra_cell", 4, "")),
    ],
    "informants": [
        ("snowball,2", "snowbal,2", ("cell.enum", 2, "sampling")),
        ("citizens,Warga", "citizens,", ("text.blank_id", 3, "role_id")),
        ("purposive,1", "purposive,satu", ("cell.type.integer", 4, "count")),
    ],
    "metrics": [
        ("access_points,3", "access_points,3.000", ("cell.thousands", 2, "value")),
        ("users_per_access_point,10", "users_per_access_point,10 orang", ("cell.pattern", 3, "value")),
        ("2020-01-31", "2020-01-32", ("cell.type.date", 4, "value")),
    ],
    "derivations": [
        ("product,", "produk,", ("cell.enum", 2, "operation")),
        ("informants.csv:count", "informants.csv:cuont", ("cell.reference", 3, "inputs")),
    ],
    "evidence": [
        ("E1,service_access", "E1,service_acces", ("cell.enum", 2, "aspect")),
        ("E2,service_access,document", "E2,service_access,dokumen", ("cell.enum", 3, "method")),
        ("observation,researchers,hinders", "observation,researchers,", ("cell.required", 4, "polarity")),
        ("citizens,mixed,c1", "citizen,mixed,c1", ("cell.role", 5, "role")),
        ("hinders,c2,Kurang", "hinders,c2,Ku\x1brang", ("cell.control", 6, "text_id")),
    ],
    "findings": [
        ("E1 E2", "E1 E8", ("cell.evidence", 2, "evidence_ids")),
        ("There are {services", "There are {service", ("cell.result", 2, "text_en")),
        ("IN1,infrastructure", "IN1,infrastruktur", ("cell.enum", 3, "dimension")),
        ("WiFi kurang.", "WiFi kurang 3.", ("cell.pattern", 3, "text_id")),
    ],
}
"""Defects of a package: what is replaced in which file, and the one problem that it makes."""


def test_defects_in_every_file_yield_exactly_their_messages(tmp_path, monkeypatch):
    files, expected = {}, set()
    for name, defects in DEFECTS.items():
        files[name] = FILES[name]
        for old, new, (kind, row, column) in defects:
            assert files[name].count(old) == 1, old
            files[name] = files[name].replace(old, new)
            expected.add((kind, f"{name}.csv", row, column))
    place = open_project(monkeypatch, tmp_path, **files)
    (place.raw / "extra.csv").touch()
    expected.add(("descriptor.unlisted", "extra.csv", None, ""))
    got = [(p.kind, p.file, p.row, p.column) for p in validation.check(CITY)]
    assert sorted(got, key=str) == sorted(expected, key=str)


def test_of_many_errors_none_is_left_out(tmp_path, monkeypatch):
    rows = "".join(f"Aplikasi {n},Dinas,situs,own,operational,,,,\n" for n in range(1200))
    open_project(
        monkeypatch, tmp_path, applications=HEADER + rows, applications_recap=None, integrations=None
    )
    got = [problem.row for problem in validation.check(CITY)]
    assert got == list(range(2, 1202))


def test_a_column_that_is_missing_or_moved_is_one_problem(tmp_path, monkeypatch):
    rows = "".join(f"Aplikasi {n},web,own,operational,,,,\n" for n in range(9))
    files = {"applications": HEADER.replace("owner,", "") + rows}
    open_project(monkeypatch, tmp_path, **files, applications_recap=None, integrations=None)
    got = [(problem.kind, problem.expected) for problem in validation.check(CITY)]
    assert got == [("file.column_missing", "owner")]


def test_a_text_with_semicolons_is_no_column_of_its_own(tmp_path, monkeypatch):
    rows = ("Aduan; 'cepat'; mudah,Dinas,web,own,operational,|'x'|,",)
    open_project(monkeypatch, tmp_path, **inventory(*rows))
    assert validation.check(CITY) == []


def test_rules_across_files_are_told_together_with_warnings_last(tmp_path, monkeypatch):
    changes = ("totals that differ", "evidence that there is not", "a metric named like a group")
    files = {file: text for name in changes for file, text in MUTILATIONS[name][0].items()}
    open_project(monkeypatch, tmp_path, **files)
    got = [problem.kind for problem in validation.check(CITY)]
    assert got == ["cell.prefix", "cell.evidence", "file.totals"]


def test_an_invalid_package_is_refused_with_every_error_but_no_warning(tmp_path, monkeypatch):
    changes = ("totals that differ", "evidence that there is not")
    files = {file: text for name in changes for file, text in MUTILATIONS[name][0].items()}
    open_project(monkeypatch, tmp_path, **files)
    with pytest.raises(RawDataError) as caught:
        validation.require_valid(CITY)
    assert [problem.kind for problem in caught.value.problems] == ["cell.evidence"]


def test_a_warning_alone_does_not_refuse(tmp_path, monkeypatch):
    open_project(monkeypatch, tmp_path, **MUTILATIONS["totals that differ"][0])
    assert [problem.kind for problem in validation.require_valid(CITY)] == ["file.totals"]


def test_what_cannot_be_told_without_other_files_is_left(tmp_path, monkeypatch):
    files = ("metrics", "derivations", "evidence", "findings")
    open_project(monkeypatch, tmp_path, **dict.fromkeys(files))
    assert validation.check(CITY) == []


def test_changed_files_are_recorded_by_name_and_nothing_else_changes(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    before = (place.raw / "datapackage.yaml").read_bytes()
    assert validation.record_hashes(place) == []
    assert (place.raw / "datapackage.yaml").read_bytes() == before
    (place.raw / "integrations.csv").write_text(FILES["integrations"].replace("Lapor", "LAPOR"))
    (place.raw / "metrics.csv").unlink()
    assert validation.record_hashes(place) == ["integrations.csv"]
    assert [problem.kind for problem in validation.check(CITY)] == ["file.missing"]


def test_recording_a_file_leaves_notes_in_the_descriptor_alone(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    path = place.raw / "datapackage.yaml"
    path.write_text("# my note\n" + path.read_text("utf-8"), encoding="utf-8")
    (place.raw / "integrations.csv").write_text(FILES["integrations"].replace("Lapor", "LAPOR"))
    assert validation.record_hashes(place) == ["integrations.csv"]
    assert path.read_text("utf-8").startswith("# my note\n")
    assert validation.check(CITY) == []


def test_a_hash_is_recorded_for_its_own_file_only(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    copied, other = place.descriptor["resources"][:2]
    hashes = [resource["hash"] for resource in place.descriptor["resources"]]
    other["hash"] = copied["hash"]
    write_yaml(place.raw / "datapackage.yaml", place.descriptor)
    assert validation.record_hashes(place) == [other["path"]]
    assert [resource["hash"] for resource in cities.find(CITY).resources] == hashes


def test_a_descriptor_that_repeats_itself_is_read_once(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]
    (place.raw / "datapackage.yaml").open("a").write("\n".join([*lines, "self: &self [*self]", ""]))
    assert validation.check(CITY) == []


def test_nothing_is_missed_that_a_file_not_listed_may_give(tmp_path, monkeypatch):
    findings = FILES["findings"].replace("WiFi kurang", "WiFi {wifi.access_points}")
    place = open_project(monkeypatch, tmp_path, findings=findings)
    listed = [one for one in place.descriptor["resources"] if one["name"] not in ("evidence", "metrics")]
    write_yaml(place.raw / "datapackage.yaml", {**place.descriptor, "resources": listed})
    got = [(problem.kind, problem.file) for problem in validation.check(CITY)]
    assert got == [("descriptor.unlisted", "evidence.csv"), ("descriptor.unlisted", "metrics.csv")]


def test_the_package_of_bandung_is_valid(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert validation.check("bandung") == []


@pytest.mark.parametrize(
    ("change", "nearest"),
    [
        (replaced("informants", "purposive", "purposif"), "purposive"),
        (replaced("informants", "purposive", "random"), ""),
        (replaced("evidence", "citizens,mixed", "citizens,Menghambat"), "hinders"),
        (replaced("evidence", "wifi_components", "Komponen"), "wifi_components"),
        (replaced("findings", "OS1,online_services", "OS1,online_service"), "online_services"),
        (replaced("findings", "E1 E2", "E1 E02"), "E2"),
        (replaced("applications_recap", "web,6", "webb,6"), "web"),
        (inventory("Siaga,Dinas Kota,berbasis web,own,operational,,"), "web"),
        (MUTILATIONS["an integration of what the inventory lacks"][0], "Sehat"),
        (MUTILATIONS["an agency spelt in two ways"][0], "Dinas Kota"),
        (MUTILATIONS["an interview with nobody"][0], "officials"),
        (MUTILATIONS["a finding that asks for what was not computed"][0], "{services.web_or_mobile.count}"),
    ],
)
def test_what_was_probably_meant_is_named(tmp_path, monkeypatch, change, nearest):
    open_project(monkeypatch, tmp_path, **change)
    problem = validation.check(CITY)[0]
    assert problem.nearest == nearest
    for lang in LANGUAGES:
        assert (problem.guess(lang) in problem.message(lang)) and bool(problem.guess(lang)) == bool(nearest)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pattern_is_told_in_words(tmp_path, monkeypatch, lang):
    open_project(monkeypatch, tmp_path, **MUTILATIONS["a code with a capital"][0])
    assert "health_operators" in validation.check(CITY)[0].message(lang)


def test_a_file_that_begins_with_a_blank_row_spoils_no_later_check(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    whole = (place.raw / "metrics.csv").read_bytes()
    (place.raw / "metrics.csv").write_bytes(b"\n" + whole)
    assert validation.check(CITY)
    (place.raw / "metrics.csv").write_bytes(whole)
    assert validation.check(CITY) == []
