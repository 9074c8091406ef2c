import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta

import pytest
from helpers import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.auditing import reliability
from analysis.checking import validation
from analysis.language.formats import Result
from analysis.raw_data import raw
from analysis.raw_data.schemas import ORIGIN
from analysis.results import results
from analysis.synthetic import synthesis
from analysis.synthetic.synthesis import REFERENCE, synthesize_city, synthesize_inventory
from analysis.tables import applications, duplicates, findings, insights, integrations
from analysis.tables.applications import CATEGORIES, count_by

seeds = st.integers(0, 2**32)


@st.composite
def parts(draw, total, names):
    """Split a total over some categories."""
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=len(names) - 1, max_size=len(names) - 1)))
    ends = zip([0, *cuts], [*cuts, total], strict=True)
    return {name: high - low for name, (low, high) in zip(names, ends, strict=True)}


@st.composite
def margins(draw):
    """Counts of some attributes, all with the same total."""
    total = draw(st.integers(0, 120))
    chosen = draw(st.lists(st.sampled_from(list(CATEGORIES)), min_size=1, unique=True))
    return {attribute: draw(parts(total, CATEGORIES[attribute])) for attribute in chosen}


@settings(max_examples=40)
@given(margins(), seeds)
def test_margins_are_met_exactly(wanted, seed):
    found = synthesize_inventory(seed, margins=wanted)
    for attribute, given_counts in wanted.items():
        assert {name: (found[attribute] == name).sum() for name in given_counts} == given_counts
    assert not found.duplicated(["name", "owner"]).any()


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": {"web": 3}, "status": {"planned": 4}},
        {"type": {"steam": 3}},
        {"colour": {"web": 3}},
        {"type": {"web": 3, "mobile": -1}},
    ],
)
def test_margins_that_cannot_be_met_are_refused_in_both_languages(wrong):
    with pytest.raises(ValueError, match=r"Jumlah per kategori.*\nCounts by category"):
        synthesize_inventory(1, margins=wrong)


@settings(max_examples=40)
@given(seeds, st.integers(0, 200))
def test_an_inventory_is_complete_text_and_not_from_the_future(seed, size):
    found = synthesize_inventory(seed, size=size)
    assert len(found) == size
    assert found.columns.tolist() == synthesis.COLUMNS
    assert found.index.tolist() == list(range(2, size + 2))
    assert all(isinstance(cell, str) for cell in found.to_numpy().ravel())
    assert (found.drop(columns=["last_updated", *ORIGIN]) != "").all(axis=None)
    assert all(date.fromisoformat(cell) <= REFERENCE for cell in found["last_updated"] if cell)


def test_the_default_city_has_stale_and_undated_applications():
    found = synthesize_inventory(1)
    known = found.loc[found["last_updated"] != "", "last_updated"]
    old = (known < (REFERENCE - timedelta(days=366)).isoformat()).mean()
    assert len(found) == synthesis.SIZE
    assert 0.2 < old < 0.6
    assert 0.05 < (found["last_updated"] == "").mean() < 0.3


def test_what_ministries_give_is_owned_centrally():
    found = synthesize_inventory(1)
    given_names = {name for name, _, _ in synthesis.words()["national"]}
    assert set(found.loc[found["name"].isin(given_names), "ownership"]) == {"central"}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with the framework only, and work in it."""
    (tmp_path / "data/raw").mkdir(parents=True)
    for name in ("datapackage.yaml", "framework.csv"):
        shutil.copy(ROOT / "data/raw" / name, tmp_path / "data/raw")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("seed", "size"), [(1, 400), (2, 400), (3, 30), (4, 1)])
def test_the_package_of_a_synthetic_city_is_valid(project, seed, size):
    synthesize_city(seed, project / "data/raw/contoh", size=size)
    assert validation.check("contoh") == []
    files = {path.name for path in (project / "data/raw").iterdir()}
    assert files == {"contoh", "datapackage.yaml", "framework.csv"}


def test_every_table_and_finding_can_be_made_of_it(project):
    synthesize_city(1, project / "data/raw/contoh")
    package = raw.load("contoh")
    assert package.city.is_synthetic
    assert not {"claims", "published", "discrepancies"} & set(package.resources)
    tables = {f"table{n}": count_by(package, name) for n, name in enumerate(applications.CATEGORIES, start=4)}
    tables["table7"] = integrations.list_integrations(package)
    tables["duplicates"] = duplicates.likely_duplicates(package["applications"])
    tables["stale"] = insights.stale(package["applications"])
    derived = results.derive(package, tables)
    filled = {row.key: Result(row.value, row.unit) for row in derived.itertuples()}
    assert len(findings.summarise(package, filled)) == len(package["findings"])
    assert integrations.hub(tables["table7"])[1] == synthesis.HUB_PARTNERS


def test_two_coders_agree_well_but_not_throughout(project):
    synthesize_city(1, project / "data/raw/contoh")
    evidence = raw.load("contoh")["evidence"]
    agreed = reliability.agreement(evidence)
    assert (agreed.coders, agreed.records) == (2, evidence["evidence_id"].nunique())
    assert 0.5 < agreed.alpha < 1
    assert len(agreed.disagreements) == round(synthesis.DISAGREED * agreed.records)


def test_a_city_may_have_names_of_its_own_but_stays_marked(project):
    names = {"name_id": "Kota Tiruan", "name_en": "Mock City"}
    synthesize_city(1, project / "data/raw/tiruan", size=20, names=names)
    city = raw.load("tiruan").descriptor["city"]
    assert {**city, **names} == city
    assert city["synthetic"] is True


def test_every_text_that_could_be_mistaken_says_that_it_is_made_up(project):
    synthesize_city(1, project / "data/raw/contoh")
    package = raw.load("contoh")
    for name in ("evidence", "findings", "informants", "metrics"):
        for column in package[name].columns:
            mark = {"_id": "rekaan", "_en": "made up"}.get(column[-3:], "")
            if column.startswith(("text", "role_", "label")):
                assert package[name][column].str.lower().str.contains(mark).all()
        assert set(package[name]["locator"]) == {"Data sintetis"}
    for name in set(package.resources) - {"framework"}:
        assert package.sources(name) == [{"title": "Data sintetis", "title_en": "Synthetic data"}]


def digest(folder):
    """Return the hash of all files of a folder."""
    paths = sorted(folder.iterdir())
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in paths)).hexdigest()


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path):
    synthesize_city(1, tmp_path / "one")
    code = (
        "import pathlib, sys\n"
        "from analysis.synthetic.synthesis import synthesize_city\n"
        "synthesize_city(1, pathlib.Path(sys.argv[1]))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Jayapura", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, tmp_path / "two"], env=env, check=True, timeout=120)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_another_seed_gives_another_city(tmp_path):
    for seed in (1, 2):
        synthesize_city(seed, tmp_path / str(seed))
    for name in ("applications.csv", "integrations.csv", "evidence.csv", "metrics.csv"):
        assert (tmp_path / "1" / name).read_bytes() != (tmp_path / "2" / name).read_bytes()


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "own").write_text("x")
    with pytest.raises(FileExistsError):
        synthesize_city(1, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_a_city_is_complete_or_not_there(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise OSError("full")

    monkeypatch.setattr(synthesis.descriptors, "write", fail)
    with pytest.raises(OSError, match="full"):
        synthesize_city(1, tmp_path / "contoh")
    assert list(tmp_path.iterdir()) == []
