"""Likely duplicates: applications of several agencies that are alike in name and function.

Source of the method: indexing by sorted neighbourhoods in several passes, then comparing candidate pairs, as
reviewed by P. Christen (2012), A Survey of Indexing Techniques for Scalable Record Linkage and Deduplication,
IEEE Transactions on Knowledge and Data Engineering 24(9), 1537–1555, doi 10.1109/TKDE.2011.127. Similarity is
the normalised Indel similarity (twice the longest common subsequence over both lengths), times 100, of the
words in their order or sorted, whichever is higher.
"""

import re
from collections.abc import Iterator, Mapping

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from analysis.language.names import comparable
from analysis.raw_data.raw import Package

THRESHOLD = 85.0
"""Default score from which two applications count as likely duplicates; 100 is equal spelling."""
BLOCK = 500
"""Applications a block; each is compared with those of its own block and of the next."""
WORD = re.compile(r"[^\W_]+")
SHORT_FORMS = (("sistem informasi manajemen", "sim"), ("sistem informasi", "si"), ("elektronik", "e"))
"""Long forms in names of applications, and the short forms that they are compared by."""
IDLE_WORDS = re.compile("aplikasi|app|daring|digital|online")
"""Words of names that distinguish applications as little as case and hyphens do."""
GENERAL_WORDS = re.compile(
    "aplikasi|bagi|dan|daring|data|di|informasi|layanan|online|pelaporan|pelayanan|pemantauan|pencatatan|"
    "pendaftaran|pendataan|pengelolaan|penyajian|secara|sistem|tentang|untuk|yang"
)
"""Words of functions that say how and not what; left out if others remain."""
COLUMNS = ["group", "score", "row", "name", "owner", "function"]


def likely_duplicates(applications: pd.DataFrame, threshold: float = THRESHOLD) -> pd.DataFrame:
    """Group applications of different agencies whose names and functions are alike.

    Two applications of different agencies are linked where the mean of the similarities of their names and of
    their functions reaches `threshold`; where a function is empty, the name alone counts. A group is whatever
    is linked directly or through others, so two applications of one agency share a group only if both are
    like an application of another agency.

    Every pair is compared up to 1,000 different (name, function) spellings. Beyond, three sorted passes
    (name, name read backwards, function) compare each spelling with at least its 500 neighbours: O(n log n)
    for sorting and O(n) comparisons (at most 3,000 n), in memory linear in n; a pair that lies far apart in
    all three orders is then missed. An acronym and its long form are alike only where `SHORT_FORMS` says so.

    Parameters
    ----------
    applications : pandas.DataFrame
        Columns ``name``, ``owner``, ``function`` (text, "" for unknown); index: row numbers of the raw file.
    threshold : float
        Score from 0 to 100.

    Returns
    -------
    pandas.DataFrame
        Columns ``group`` (from 1, the most alike first), ``score`` (the application's highest with one of
        another agency), ``row``, ``name``, ``owner``, ``function``; the same whatever the order of the rows.
    """
    spellings, owners = _spellings(applications), applications["owner"].map(comparable)
    unique = spellings.drop_duplicates().sort_values(spellings.columns.tolist(), ignore_index=True)
    code = spellings.merge(unique.reset_index(names="code"), how="left")["code"].to_numpy()
    holders = pd.Series(pd.factorize(owners)[0]).groupby(code).agg(["first", "nunique"])
    only_owner = holders["first"].where(holders["nunique"] == 1, -1).to_numpy()
    best = np.where(holders["nunique"] > 1, 100.0, 0.0)
    groups = nx.utils.UnionFind(np.flatnonzero(best).tolist())
    for left, right, score in _alike(unique, threshold):
        linked = (only_owner[left] != only_owner[right]) | (only_owner[left] < 0)
        for one, other in zip(left[linked].tolist(), right[linked].tolist(), strict=True):
            groups.union(one, other)
        np.maximum.at(best, left[linked], score[linked])
        np.maximum.at(best, right[linked], score[linked])
    found = applications[["name", "owner", "function"]].assign(code=code, score=best[code])
    found = found.reset_index(names="row")[found["code"].isin(list(groups.parents)).to_numpy()]
    return _numbered(found.assign(group=[groups[one] for one in found["code"].tolist()]))


def in_inventory(package: Package) -> pd.DataFrame:
    """Return the `likely_duplicates` of a city's inventory (``applications``), with the usual threshold."""
    return likely_duplicates(package["applications"])


def spelling(name: str) -> list[str]:
    """Return the words by which a name is compared: short forms, no punctuation, no idle words."""
    joined = " ".join(WORD.findall(comparable(name))) or comparable(name)
    for long, short in SHORT_FORMS:
        joined = re.sub(rf"\b{long}\b", short, joined)
    return _without(IDLE_WORDS, joined.split())


def subject(function: str) -> list[str]:
    """Return the words by which a function is compared: no punctuation, no general words."""
    return _without(GENERAL_WORDS, WORD.findall(comparable(function)))


def _without(left_out: re.Pattern[str], words: list[str]) -> list[str]:
    return [word for word in words if not left_out.fullmatch(word)] or words


def _spellings(applications: pd.DataFrame) -> pd.DataFrame:
    """Return what is compared: the words of names and functions, in order and sorted."""
    names = applications["name"].map(spelling)
    functions = applications["function"].map(subject)
    spellings = {
        "name": names.map("".join),
        "name_sorted": names.map(lambda words: "".join(sorted(words))),
        "function": functions.map(" ".join),
        "function_sorted": functions.map(lambda words: " ".join(sorted(words))),
    }
    return pd.DataFrame(spellings).reset_index(drop=True)


Pairs = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]
Cells = Mapping[str, NDArray[np.object_]]


def _alike(unique: pd.DataFrame, threshold: float) -> Iterator[Pairs]:
    """Yield pairs of positions of spellings that reach the threshold, and their scores."""
    backwards = unique["name"].str[::-1]
    by_function = unique.sort_values(["function", "function_sorted", "name", "name_sorted"])
    orders = [unique.index, backwards.sort_values(kind="stable").index, by_function.index]
    cells = {str(column): unique[column].to_numpy(dtype=object) for column in unique}
    for order in orders if len(unique) > 2 * BLOCK else orders[:1]:
        for start in range(0, len(order), BLOCK):
            neighbours = order[start : start + 2 * BLOCK].to_numpy()
            yield _score(cells, neighbours[:BLOCK], neighbours, threshold)


def _score(cells: Cells, block: NDArray[np.intp], neighbours: NDArray[np.intp], threshold: float) -> Pairs:
    """Compare a block with its neighbours, which begin with the block itself; each pair once."""
    least = max(0.0, 2 * threshold - 100)
    scores, functions = (
        _similarities(cells, name, block, neighbours, least) for name in ("name", "function")
    )
    known = cells["function"] != ""
    both = np.outer(known[block], known[neighbours])
    np.add(scores, functions, out=scores, where=both)
    np.divide(scores, 2, out=scores, where=both)
    at, beside = np.nonzero(np.triu(scores >= threshold, 1))
    return block[at], neighbours[beside], scores[at, beside]


def _similarities(
    cells: Cells, name: str, block: NDArray[np.intp], neighbours: NDArray[np.intp], least: float
) -> NDArray[np.float64]:
    """Compare texts as they are and with their words sorted; similarities below `least` become 0."""
    in_order, in_alphabet = (
        process.cdist(
            cells[column][block],
            cells[column][neighbours],
            scorer=ratio,
            score_cutoff=least,
            dtype=np.float64,
            workers=-1,
        )
        for column in (name, f"{name}_sorted")
    )
    alike: NDArray[np.float64] = np.maximum(in_order, in_alphabet)
    return alike


def _numbered(found: pd.DataFrame) -> pd.DataFrame:
    """Number the groups: the highest score first, then the largest, then by name; sort them inside."""
    found = found.sort_values(["name", "owner", "row"]).assign(place=range(len(found)))
    heads = found.groupby("group").agg(score=("score", "max"), size=("row", "size"), place=("place", "min"))
    ranked = heads.sort_values(["score", "size", "place"], ascending=[False, False, True])
    number = pd.Series(range(1, len(ranked) + 1), index=ranked.index, dtype="int64")
    found["group"] = found["group"].map(number).astype("int64")
    ordered = found.sort_values(["group", "score", "place"], ascending=[True, False, True])
    return ordered.reset_index(drop=True)[COLUMNS]
