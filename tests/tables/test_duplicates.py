import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inventories import inventories, inventory
from rapidfuzz.fuzz import ratio

from analysis.language.names import comparable
from analysis.synthetic import synthesis, vocabulary
from analysis.tables import duplicates
from analysis.tables.duplicates import likely_duplicates, spelling, subject

thresholds = st.sampled_from([0, 60, 80, 85, 100])


def likeness(one, other):
    """Score two applications by the definition."""
    name = alike("".join, spelling(one["name"]), spelling(other["name"]))
    first, second = subject(one["function"]), subject(other["function"])
    return (name + alike(" ".join, first, second)) / 2 if first and second else name


def alike(join, one, other):
    """Return how alike words are, in their order or sorted."""
    return max(ratio(join(one), join(other)), ratio(join(sorted(one)), join(sorted(other))))


def links(applications, threshold):
    """Return every pair of rows that the definition links, with its score: each compared with each."""
    rows = applications.to_dict("index")
    return {
        (one, other): likeness(rows[one], rows[other])
        for one in rows
        for other in rows
        if one != other
        and comparable(rows[one]["owner"]) != comparable(rows[other]["owner"])
        and likeness(rows[one], rows[other]) >= threshold
    }


def groups_of(found):
    return {frozenset(rows) for rows in found.groupby("group")["row"].agg(list)}


@given(inventories, thresholds)
def test_groups_and_scores_are_those_of_comparing_each_with_each(applications, threshold):
    pairs = links(applications, threshold)
    found = likely_duplicates(applications, threshold)
    assert groups_of(found) == {frozenset(part) for part in nx.connected_components(nx.Graph(list(pairs)))}
    best = {row: max(score for (one, _), score in pairs.items() if one == row) for row in found["row"]}
    assert dict(zip(found["row"], found["score"], strict=True)) == pytest.approx(best)


@given(inventories, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(applications, random):
    order = list(applications.index)
    random.shuffle(order)
    got = likely_duplicates(applications.loc[order])
    assert got.to_csv() == likely_duplicates(applications).to_csv()


@given(inventories)
def test_groups_are_numbered_from_one_the_most_alike_first(applications):
    found = likely_duplicates(applications, 60)
    heads = found.groupby("group")["score"].max()
    assert heads.index.tolist() == list(range(1, len(heads) + 1))
    assert heads.is_monotonic_decreasing
    assert found["group"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SIMPEG", "Aplikasi Sim-Peg Online"),
        ("Sistem Informasi Manajemen Aset", "SIM ASET"),
        ("Buku Tamu Elektronik", "e-Buku Tamu"),
        ("Arsip", "Ａｒｓｉｐ"),
        ("NA", "na"),
    ],
)
def test_spellings_of_one_name_are_equal(one, other):
    found = likely_duplicates(inventory((one, "Bappeda"), (other, "RSUD")))
    assert found["score"].tolist() == [100, 100]


def test_a_name_of_signs_or_idle_words_only_is_kept():
    assert (spelling("—"), spelling("Aplikasi Online")) == (["—"], ["aplikasi", "online"])
    assert subject("Pengelolaan data") == ["pengelolaan", "data"]


def test_a_like_name_with_another_function_is_no_duplicate():
    rows = [("SIAP", "Bappeda", "Usulan pembangunan"), ("SIAP", "RSUD", "Antrean pasien")]
    records = [dict(zip(("name", "owner", "function"), row, strict=True)) for row in rows]
    assert likely_duplicates(inventory(*records)).empty
    assert len(likely_duplicates(inventory(*records).assign(function=""))) == 2


def test_the_raw_rows_are_given():
    found = likely_duplicates(inventory(("A", "x"), ("SIMPEG", "y"), ("Simpeg", "x")))
    assert found[["row", "name", "owner"]].to_numpy().tolist() == [[3, "SIMPEG", "y"], [4, "Simpeg", "x"]]


def planted(applications):
    """Return the rows of every system that the synthetic city's agencies share."""
    names = [system["names"] for system in vocabulary.words()["shared"]]
    systems = [set(applications.index[applications["name"].isin(one)]) for one in names]
    return [rows for rows in systems if len(rows) > 1]


@pytest.mark.parametrize("seed", range(5))
def test_every_planted_duplicate_is_found_and_little_else(seed):
    applications = synthesis.synthesize_inventory(seed)
    found = groups_of(likely_duplicates(applications))
    systems = planted(applications)
    assert len(systems) >= 12
    assert all(any(rows <= group for group in found) for rows in systems)
    assert sum(map(len, found)) <= 1.2 * sum(map(len, systems))


def test_small_blocks_find_nearly_what_comparing_each_with_each_finds(monkeypatch):
    applications = synthesis.synthesize_inventory(1, size=900)
    exact = likely_duplicates(applications)
    monkeypatch.setattr(duplicates, "BLOCK", 20)
    blocked = likely_duplicates(applications)
    assert set(blocked["row"]) <= set(exact["row"])
    assert len(blocked) >= 0.95 * len(exact)
    shuffled = likely_duplicates(applications.sample(frac=1, random_state=1))
    assert shuffled.to_csv() == blocked.to_csv()
