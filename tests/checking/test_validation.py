import csv
import os
from datetime import date
from pathlib import Path

import pytest
import yaml
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


HEADER = "name,owner,type,ownership,status,function,last_updated,sheet,source_row\n"
WITHOUT_COUNTS = {"applications_recap": None, "integrations": None}


def inventory(*rows):
    """Return the change of a city with counts into one with an inventory, without integrations."""
    records = HEADER + "".join(f"{row},,\n" for row in rows)
    return {"applications": records, **WITHOUT_COUNTS}


def replacements():
    """Yield the defects of ``defects.csv``: name, change, and the problem that it makes.

    Where it has no old text, the new one is all that stands below the header.
    """
    with Path(__file__).with_name("defects.csv").open(encoding="utf-8", newline="") as stream:
        for name, file, old, new, kind, row, *rest, expected in list(csv.reader(stream))[1:]:
            change = replaced(file, old, new) if old else {file: f"{','.join(columns_of(file))}\n{new}"}
            told = date.today().isoformat() if expected == "today" else expected
            without = WITHOUT_COUNTS if file == "applications" else {}
            yield name, (change | without, (kind, f"{file}.csv", int(row) if row else None, *rest, told))


# What is done to the package, and the one problem that it makes: kind, file, row, column, found, expected.
ISSUES = f"{','.join(columns_of('issues'))}\nI01,term,a,b,c,d,e,f,g,h\n"
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
        ("descriptor.schema", "datapackage.yaml", None, "", "integrations", CITY),
    ),
    "a file that is not listed": (
        lambda place: (place.raw / "extra.csv").touch(),
        ("descriptor.unlisted", "extra.csv", None, "", "", ""),
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
    "a count of rows that there are not": (
        {
            "integrations": None,
            "derivations": "key,operation,inputs,condition,unit\na.b,count_where,integrations.csv,,x\n",
        },
        ("cell.no_records", "derivations.csv", 2, "inputs", "integrations.csv", ""),
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
    "a discrepancy of no claim and no cell": (
        {
            "discrepancies": f"{','.join(columns_of('discrepancies'))}\nC9,I01,ambiguous,1,2\n",
            "issues": ISSUES,
        },
        ("cell.reference", "discrepancies.csv", 2, "entry", "C9", "claims.csv, published.csv"),
    ),
    "entries of one issue with two verdicts": (
        {
            "published": "table,row,column,value,says,locator\n"
            "table4,web,count,6,article,T4\ntable4,mobile,count,1,article,T4\n",
            "discrepancies": f"{','.join(columns_of('discrepancies'))}\n"
            "table4/web/count,I01,ambiguous,6,7\ntable4/mobile/count,I01,inconsistent,1,2\n",
            "issues": ISSUES,
        },
        ("cell.one_verdict", "discrepancies.csv", 3, "verdict", "inconsistent", "I01"),
    ),
    "a control character in a name of the city": (
        described(lambda package: package["city"].update(name_en="New\x1bCity")),
        ("cell.control", "datapackage.yaml", None, "", r"New\x1bCity", ""),
    ),
    "a part of the city block that is misspelt": (
        described(lambda package: package["city"].update(stale_month=24)),
        ("descriptor.city", "datapackage.yaml", None, "", "", "stale_month"),
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


def open_with(monkeypatch, folder, *names):
    """Write a city with several of the defects."""
    files = {file: text for name in names for file, text in MUTILATIONS[name][0].items()}
    return open_project(monkeypatch, folder, **files)


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
    open_project(monkeypatch, tmp_path, applications=HEADER + rows, **WITHOUT_COUNTS)
    got = [problem.row for problem in validation.check(CITY)]
    assert got == list(range(2, 1202))


def test_a_column_that_is_missing_or_moved_is_one_problem(tmp_path, monkeypatch):
    rows = "".join(f"Aplikasi {n},web,own,operational,,,,\n" for n in range(9))
    files = {"applications": HEADER.replace("owner,", "") + rows}
    open_project(monkeypatch, tmp_path, **files, **WITHOUT_COUNTS)
    got = [(problem.kind, problem.expected) for problem in validation.check(CITY)]
    assert got == [("file.column_missing", "owner")]


def test_a_text_with_semicolons_is_no_column_of_its_own(tmp_path, monkeypatch):
    rows = ("Aduan; 'cepat'; mudah,Dinas,web,own,operational,|'x'|,",)
    open_project(monkeypatch, tmp_path, **inventory(*rows))
    assert validation.check(CITY) == []


def test_rules_across_files_are_told_together_with_warnings_last(tmp_path, monkeypatch):
    changes = ("totals that differ", "evidence that there is not", "a metric named like a group")
    open_with(monkeypatch, tmp_path, *changes)
    got = [problem.kind for problem in validation.check(CITY)]
    assert got == ["cell.prefix", "cell.evidence", "file.totals"]


def test_an_invalid_package_is_refused_with_every_error_but_no_warning(tmp_path, monkeypatch):
    open_with(monkeypatch, tmp_path, "totals that differ", "evidence that there is not")
    with pytest.raises(RawDataError) as caught:
        validation.require_valid(CITY)
    assert [problem.kind for problem in caught.value.problems] == ["cell.evidence"]


def test_a_warning_alone_does_not_refuse(tmp_path, monkeypatch):
    open_with(monkeypatch, tmp_path, "totals that differ")
    assert [problem.kind for problem in validation.require_valid(CITY)] == ["file.totals"]


def test_what_cannot_be_told_without_other_files_is_left(tmp_path, monkeypatch):
    files = ("metrics", "derivations", "evidence", "findings")
    open_project(monkeypatch, tmp_path, **dict.fromkeys(files))
    assert validation.check(CITY) == []


def test_changed_files_are_recorded_by_name_and_nothing_else_changes(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    path = place.raw / "datapackage.yaml"
    path.write_text("# my note\n" + path.read_text("utf-8"), encoding="utf-8")
    before = path.read_bytes()
    assert validation.record_hashes(place) == []
    assert path.read_bytes() == before
    (place.raw / "integrations.csv").write_text(FILES["integrations"].replace("Lapor", "LAPOR"))
    (place.raw / "metrics.csv").unlink()
    assert validation.record_hashes(place) == ["integrations.csv"]
    assert path.read_text("utf-8").startswith("# my note\n")
    assert [problem.kind for problem in validation.check(CITY)] == ["file.missing"]


def test_a_descriptor_of_an_older_compendium_is_renewed_by_the_command_that_its_problem_names(
    tmp_path, monkeypatch
):
    place = open_project(monkeypatch, tmp_path)
    descriptor = place.raw / "datapackage.yaml"
    now = place.descriptor["resources"]
    older = cities.read_yaml(descriptor)
    older["resources"][0]["schema"]["fields"].pop()
    older["resources"][2]["schema"]["fields"][0].pop("title")
    descriptor.write_text("# my note\n" + yaml.safe_dump(older), encoding="utf-8")
    found = [problem for problem in validation.check(CITY) if problem.kind == "descriptor.schema"]
    assert [problem.found for problem in found] == [now[0]["name"], now[2]["name"]]
    assert all(f"`compendium check {CITY} --update-hashes`" in found[0].remedy(lang) for lang in LANGUAGES)
    validation.record_hashes(place)
    assert validation.check(CITY) == []
    assert cities.resources(place.raw) == now
    assert descriptor.read_text("utf-8").startswith("# my note\n")


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


def test_a_pattern_is_told_in_words(tmp_path, monkeypatch, lang):
    open_with(monkeypatch, tmp_path, "a code with a capital")
    assert "health_operators" in validation.check(CITY)[0].message(lang)


def test_a_file_that_begins_with_a_blank_row_spoils_no_later_check(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    whole = (place.raw / "metrics.csv").read_bytes()
    (place.raw / "metrics.csv").write_bytes(b"\n" + whole)
    assert validation.check(CITY)
    (place.raw / "metrics.csv").write_bytes(whole)
    assert validation.check(CITY) == []
