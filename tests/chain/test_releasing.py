import pytest
from helpers import CITY, open_project
from spreadsheet_files import xlsx_bytes

from analysis.chain import releasing
from analysis.language.problems import RawDataError
from analysis.project import cities

NIK = "3273014107900003"
ARTEFACTS = {
    "raw": "data/raw/{city}/notes.md",
    "raw table": "data/raw/{city}/extra.csv",
    "mapping": "data/raw/{city}/mapping.yaml",
    "table": "data/processed/{city}/table4.csv",
    "results": "data/processed/{city}/results.json",
    "page": "build/{city}/ledger.id.html",
    "paper": "build/{city}/paper/article.id.html",
    "word file": "build/{city}/paper/article.id.docx",
    "site": "build/site/id/{city}/index.html",
    "notebook": "build/site/id/{city}/notebooks/table4.html",
    "figure": "build/site/id/{city}/figures/table4.svg",
}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A city that is built, with a copy of a source that names somebody."""
    place = open_project(monkeypatch, tmp_path)
    for path in ("processed/table4.csv", "paper/article.id.html"):
        folder, name = path.split("/")
        write({"processed": place.processed, "paper": place.papers}[folder] / name, "a\n")
    write(place.raw / "source/daftar.csv", NIK)
    return place


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def planted(path, text):
    """Write a file of its kind that says something."""
    if path.suffix == ".docx":
        return xlsx_bytes({"S": [[text]]})
    forms = {".json": '{"a": "%s"}', ".html": "<p>%s</p>", ".svg": "<svg><text>%s</text></svg>"}
    return forms.get(path.suffix, "a\n%s\n") % text


def test_a_release_has_everything_but_the_copies_of_sources(place, tmp_path):
    folder = tmp_path / "out"
    files = releasing.release(place, folder)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == {*files, "FILES.txt"}
    assert {"raw/datapackage.yaml", "raw/evidence.csv", "data/table4.csv", "paper/article.id.html"} <= there
    assert not any("source" in name for name in there)
    write(place.papers / "article.en.html", "b")
    assert "paper/article.en.html" in releasing.release(place, folder)


def test_tables_of_a_release_hold_no_live_formula_and_raw_files_stay_as_they_are(place, tmp_path):
    live = 'name,count\n"=HYPERLINK(""x"")",-5\n'
    write(place.processed / "table4.csv", live)
    write(place.raw / "extra.csv", live)
    releasing.release(place, tmp_path / "out")
    assert (tmp_path / "out/data/table4.csv").read_text() == live.replace("=HYPER", "'=HYPER")
    assert (tmp_path / "out/raw/extra.csv").read_text() == live
    assert (place.processed / "table4.csv").read_text() == live


@pytest.mark.parametrize("artefact", ARTEFACTS)
def test_personal_data_in_any_artefact_stop_the_release(place, tmp_path, artefact):
    path = place.root / ARTEFACTS[artefact].format(city=CITY)
    write(path, planted(path, f"Milik {NIK}"))
    with pytest.raises(RawDataError) as refusal:
        releasing.release(place, tmp_path / "out")
    [problem] = refusal.value.problems
    assert (problem.kind, problem.found) == ("personal.nik", "3273…03")
    assert path.name in problem.file
    assert not (tmp_path / "out").exists()


def test_one_text_in_several_files_is_one_problem_and_one_allowance_is_enough(place, tmp_path):
    for name in ("a.md", "b.md"):
        write(place.raw / name, "Hubungi Dinas@Contoh.id")
    with pytest.raises(RawDataError) as refusal:
        releasing.release(place, tmp_path / "out")
    [problem] = refusal.value.problems
    assert (problem.file, problem.row) == ("raw/a.md, raw/b.md", 1)
    releasing.allow(place, "dinas@contoh.id", "alamat kantor", "Kepala dinas")
    assert "raw/privacy.yaml" in releasing.release(cities.find(CITY), tmp_path / "out")


def test_of_many_files_that_hold_a_text_the_first_are_named_and_the_others_counted(place, tmp_path):
    for name in "abcdefg":
        write(place.raw / f"{name}.md", NIK)
    with pytest.raises(RawDataError) as refusal:
        releasing.release(place, tmp_path / "out")
    assert refusal.value.problems[0].file == "raw/a.md, raw/b.md, raw/c.md, raw/d.md, raw/e.md (+2)"


def test_former_contents_that_an_editor_keeps_are_not_released(place, tmp_path):
    for folder in (place.raw, place.processed):
        write(folder / ".ipynb_checkpoints/extra-checkpoint.csv", f"a\n{NIK}\n")
    assert "checkpoint" not in " ".join(releasing.release(place, tmp_path / "out"))


def test_the_raw_cell_is_named_and_not_what_was_made_of_it(place, tmp_path):
    write(place.processed / "table4.csv", f"a,b\nx,{NIK}\n")
    write(place.raw / "extra.csv", f"a,b\nx,y\nx,{NIK}\n")
    with pytest.raises(RawDataError) as refusal:
        releasing.release(place, tmp_path / "out")
    [problem] = refusal.value.problems
    assert (problem.file, problem.row, problem.column) == ("raw/extra.csv, data/table4.csv", 3, "b")


@pytest.mark.parametrize("blank", [("", "b", "c"), ("a", " ", "c"), ("a", "b", "")])
def test_nothing_is_allowed_without_a_reason_and_a_role(place, blank):
    with pytest.raises(RawDataError, match="Left blank"):
        releasing.allow(place, *blank)
    assert not (place.raw / "privacy.yaml").exists()


def test_a_city_that_is_not_built_and_a_folder_of_others_are_refused(place, tmp_path):
    (place.papers / "article.id.html").unlink()
    with pytest.raises(RawDataError) as refusal:
        releasing.release(place, tmp_path / "out")
    assert [one.kind for one in refusal.value.problems] == ["release.unbuilt"]
    write(place.papers / "article.id.html", "a")
    write(tmp_path / "mine/letter.txt", "x")
    with pytest.raises(RawDataError) as refusal:
        releasing.release(place, tmp_path / "mine")
    assert [one.kind for one in refusal.value.problems] == ["release.taken"]
    assert (tmp_path / "mine/letter.txt").read_text() == "x"


def test_a_release_that_does_not_fit_on_the_disk_leaves_the_former_and_nothing_half_copied(
    place, tmp_path, monkeypatch
):
    releasing.release(place, tmp_path / "out/city")
    before = (tmp_path / "out/city" / releasing.MARK).read_bytes()
    monkeypatch.setattr(releasing.shutil, "copyfile", full_disk)
    with pytest.raises(OSError, match="No space left"):
        releasing.release(place, tmp_path / "out/city")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["city"]
    assert (tmp_path / "out/city" / releasing.MARK).read_bytes() == before


def full_disk(*_):
    raise OSError(28, "No space left on device")
