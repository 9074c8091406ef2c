import pytest
from helpers import CITY, FILES, LANGUAGES, ROOT, open_project, write_yaml

from analysis import raw, validation
from analysis.labels import catalogue
from analysis.problems import RawDataError


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


def recorded(file, content):
    """Return a change that replaces a file and records its hash."""

    def edit(place):
        (place.raw / file).write_bytes(content)
        validation.record_hashes(place)

    return edit


# What is done to the package, and the one problem that it makes: kind, file, row, column, found, expected.
CLAIM_HEADER = "claim_id,kind,text_id,text_en,printed,relation,result,tolerance,needed_id,needed_en,locator\n"
MUTILATIONS = {
    "a file is gone": (
        lambda place: (place.raw / "metrics.csv").unlink(),
        ("file.missing", "metrics.csv", None, "", "", ""),
    ),
    "a file was edited": (
        lambda place: (place.raw / "metrics.csv").open("a").write("a.b,1,x,x,x,x\n"),
        ("file.hash", "metrics.csv", None, "", "", ""),
    ),
    "no application at all": (
        {"applications_recap": "attribute,category,count,locator\n"},
        ("file.no_applications", "applications.csv", None, "", "", ""),
    ),
    "semicolons": (
        recorded("integrations.csv", FILES["integrations"].replace(",", ";").encode()),
        (
            "file.columns",
            "integrations.csv",
            None,
            "",
            "application;integrated_with;locator",
            "application, integrated_with, locator",
        ),
    ),
    "a heading is misspelt": (
        replaced("metrics", "metric,value,unit", "metric,nilai,unit"),
        ("file.header", "metrics.csv", 1, "value", "nilai", "value"),
    ),
    "a heading too many": (
        replaced("integrations", "with,locator", "with,locator,note"),
        ("file.header", "integrations.csv", 1, "", "note", ""),
    ),
    "a heading too few": (
        replaced("integrations", "with,locator", "with"),
        ("file.header", "integrations.csv", 1, "locator", "", "locator"),
    ),
    "no UTF-8": (
        recorded("integrations.csv", FILES["integrations"].replace("Sehat", "Séhat").encode("cp1252")),
        ("file.unreadable", "integrations.csv", None, "", "'utf-8' codec", ""),
    ),
    "an empty file": (
        recorded("integrations.csv", b""),
        ("file.unreadable", "integrations.csv", None, "", "the source is empty", ""),
    ),
    "a file outside the package": (
        described(lambda package: package["resources"][0].update(path="../framework.csv")),
        ("file.unreadable", "datapackage.yaml", None, "", 'path "../framework.csv" is not safe', ""),
    ),
    "totals that differ": (
        replaced("applications_recap", "web,6", "web,5"),
        (
            "file.totals",
            "applications_recap.csv",
            None,
            "count",
            "ownership 10, status 10, type 9",
            "",
        ),
    ),
    "no English name": (
        described(lambda package: package["city"].update(name_en="")),
        (
            "descriptor.city",
            "datapackage.yaml",
            None,
            "",
            "",
            "name_id, name_en, province_id, province_en, synthetic",
        ),
    ),
    "synthetic is no truth value": (
        described(lambda package: package["city"].update(synthetic="false")),
        (
            "descriptor.city",
            "datapackage.yaml",
            None,
            "",
            "",
            "name_id, name_en, province_id, province_en, synthetic",
        ),
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
    "no whole number": (
        replaced("informants", "snowball,2", "snowball,dua"),
        ("cell.type.integer", "informants.csv", 2, "count", "dua", ""),
    ),
    "a thousands separator": (
        replaced("informants", "snowball,2", "snowball,2.000"),
        ("cell.type.integer", "informants.csv", 2, "count", "2.000", ""),
    ),
    "a decimal comma": (
        {"claims": f'{CLAIM_HEADER}C001,number,Ada,There is,1,equals,a.b,"0,5",,,S\n'},
        ("cell.type.number", "claims.csv", 2, "tolerance", "0,5", ""),
    ),
    "a tolerance wider than the printed digits": (
        {"claims": f"{CLAIM_HEADER}C001,average,Ada,There is,9.5,equals,a.b,0.5,,,S\n"},
        ("cell.tolerance", "claims.csv", 2, "tolerance", "0.5", "0, 0.05"),
    ),
    "a claim with a result and with data needed for one": (
        {"claims": f"{CLAIM_HEADER}C001,number,Ada,There is,1,equals,a.b,0,,a list,S\n"},
        ("cell.needed", "claims.csv", 2, "needed_en", "a list", ""),
    ),
    "a date as it is spoken": (
        {
            "applications": "name,owner,type,ownership,status,function,last_updated\n"
            "Siaga,Dinas Kota,web,own,operational,,31/03/2024\n"
        },
        ("cell.type.date", "applications.csv", 2, "last_updated", "31/03/2024", ""),
    ),
    "an application integrated with itself": (
        replaced("integrations", "Sehat,Lapor,T7", "Sehat,Sehat,T7"),
        ("row.self", "integrations.csv", 3, "integrated_with", "Sehat", ""),
    ),
    "an empty cell": (
        replaced("informants", "citizens,Warga", "citizens,"),
        ("cell.required", "informants.csv", 3, "role_id", "", "True"),
    ),
    "an unknown choice": (
        replaced("informants", "purposive", "random"),
        ("cell.enum", "informants.csv", 4, "sampling", "random", "snowball, purposive"),
    ),
    "a negative count": (
        replaced("informants", "snowball,2", "snowball,-2"),
        ("cell.minimum", "informants.csv", 2, "count", "-2", "0"),
    ),
    "a code with a capital": (
        replaced("informants", "officials,Pejabat", "Officials,Pejabat"),
        ("cell.pattern", "informants.csv", 2, "group", "Officials", "[a-z][a-z0-9_]*"),
    ),
    "a number typed into a finding": (
        replaced("findings", "WiFi kurang.", "WiFi kurang 3."),
        ("cell.pattern", "findings.csv", 3, "text_id", "WiFi kurang 3.", "[^0-9]*"),
    ),
    "the same code twice": (
        replaced("informants", "citizens,Warga", "officials,Warga"),
        ("cell.unique", "informants.csv", 3, "group", "officials", ""),
    ),
    "evidence that there is not": (
        replaced("findings", "E1 E2", "E1 E9"),
        ("cell.evidence", "findings.csv", 2, "evidence_ids", "E9", ""),
    ),
    "a metric named like a group": (
        replaced("metrics", "wifi.users_per_access_point", "wifi.access_points.each"),
        ("cell.prefix", "metrics.csv", 2, "metric", "wifi.access_points", "wifi.access_points.each"),
    ),
    "an integration twice": (
        replaced("integrations", "Sehat,Lapor", "Siaga,Sehat"),
        ("row.key", "integrations.csv", 3, "", "the same as in the row at position 2", ""),
    ),
    "a blank row": (
        replaced("integrations", "Sehat,Lapor,T7\n", ",,\n"),
        ("row.blank", "integrations.csv", 3, "", "", ""),
    ),
    "a cell too few": (
        replaced("integrations", "Sehat,Lapor,T7", "Sehat,Lapor"),
        ("row.missing_cell", "integrations.csv", 3, "locator", "", ""),
    ),
    "a cell too many": (
        replaced("integrations", "Sehat,Lapor,T7", "Sehat,Lapor,T7,T8"),
        ("row.extra_cell", "integrations.csv", 3, "", "T8", ""),
    ),
    "a parent that there is not": (
        replaced("framework", "online_procedures,online_services", "online_procedures,nowhere"),
        ("row.foreign_key", "framework.csv", 6, "", 'for "parent": values "nowhere" not found', ""),
    ),
    "a category left out": (
        replaced("applications_recap", "ownership,grant,0,T5\n", ""),
        ("row.category_missing", "applications_recap.csv", None, "", "grant", "ownership"),
    ),
    "another attribute's category": (
        replaced("applications_recap", "grant,0,T5\n", "grant,0,T5\nownership,trial,0,T5\n"),
        ("cell.enum", "applications_recap.csv", 9, "category", "trial", "own, central, grant"),
    ),
    "evidence coded to an indicator": (
        replaced("evidence", "wifi_components", "wifi_coverage"),
        (
            "cell.enum",
            "evidence.csv",
            4,
            "aspect",
            "wifi_coverage",
            "service_access, wifi_components, open_data_quantity, source_data_access",
        ),
    ),
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


def test_every_kind_of_problem_in_the_catalogue_has_been_provoked():
    others = {"heading", "row", "column", "cell.derived"}
    """Parts of sentences; and what only deriving the results can find (test_results)."""
    kinds = {key.removeprefix("problem.") for key in catalogue() if key.startswith("problem.")} - others
    assert {expected[0] for _, expected in MUTILATIONS.values()} == kinds


def test_every_kind_of_problem_comes_with_its_remedy():
    kinds = {expected[0] for _, expected in MUTILATIONS.values()} | {"cell.derived"}
    remedies = {key.removeprefix("remedy.") for key in catalogue() if key.startswith("remedy.")}
    assert remedies == kinds


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
    # Rules across files wait until every file is valid by itself.
    assert got == {
        ("cell.pattern", "informants.csv"),
        ("row.foreign_key", "framework.csv"),
        ("file.missing", "metrics.csv"),
    }


def test_rules_across_files_are_told_together_with_warnings_last(tmp_path, monkeypatch):
    changes = ("totals that differ", "evidence that there is not", "a metric named like a group")
    files = {file: text for name in changes for file, text in MUTILATIONS[name][0].items()}
    open_project(monkeypatch, tmp_path, **files)
    got = [problem.kind for problem in validation.check(CITY)]
    assert got == ["cell.evidence", "cell.prefix", "file.totals"]


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
    open_project(monkeypatch, tmp_path, metrics=None, evidence=None, findings=None)
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


def test_the_package_of_bandung_is_valid(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert validation.check("bandung") == []


def test_schemas_say_everything_in_both_languages():
    for name, kind in validation.schemas().items():
        described = [kind, *kind["schema"]["fields"]]
        for part in described:
            for key in ("title", "title_en", "description", "description_en"):
                assert part[key].strip(), (name, part.get("name"), key)


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
        (
            {
                "applications": "name,owner,type,ownership,status,function,last_updated\n"
                "Siaga,Dinas Kota,berbasis web,own,operational,,\n"
            },
            "web",
        ),
    ],
)
def test_what_was_probably_meant_is_named(tmp_path, monkeypatch, change, nearest):
    open_project(monkeypatch, tmp_path, **change)
    problem = validation.check(CITY)[0]
    assert problem.nearest == nearest
    for lang in LANGUAGES:
        assert (problem.guess(lang) in problem.message(lang)) and bool(problem.guess(lang)) == bool(nearest)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pattern_is_shown_as_it_is_written(tmp_path, monkeypatch, lang):
    open_project(monkeypatch, tmp_path, **MUTILATIONS["a code with a capital"][0])
    assert "[a-z][a-z0-9_]*" in validation.check(CITY)[0].message(lang)


def test_every_raw_file_has_a_parser_or_holds_text():
    types = {field["type"] for kind in validation.schemas().values() for field in kind["schema"]["fields"]}
    assert types - set(raw.PARSERS) == {"string"}
