"""A made-up Indonesian city for teaching and tests: the same seed gives the same bytes.

Only uniform draws of numpy's PCG64 are used, whose stream is stable; no clock, no hash order, no locale.
"""

import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.intake import descriptors
from analysis.project.atomic import write_text
from analysis.raw_data.csv_form import FIRST_ROW
from analysis.raw_data.schemas import ORIGIN, columns_of
from analysis.synthetic import vocabulary
from analysis.synthetic.margins import Margins, all_counts
from analysis.synthetic.vocabulary import shuffled, words
from analysis.tables.findings import POLARITIES

COLUMNS = ["name", "owner", "type", "ownership", "status", "function", "last_updated", *ORIGIN]
REFERENCE = date(2024, 12, 31)
"""Day on which the inventory is taken; no date is later."""
SIZE = 400
SHARED, DISAGREED, UNDATED = 0.18, 0.2, 0.06
"""Shares of applications run by several agencies, of evidence coded differently, of dates left empty."""
AGES = {"planned": (0, 0), "development": (0, 0), "trial": (0, 90), "operational": (0, 1500)}
"""Days since the last update by status: fewest, and how many more at most; (0, 0): never updated."""
INACTIVE_AGES = (300, 2000)
HUB_AGENCY, HUB_PARTNERS, OTHER_PAIRS = "Diskominfo", 6, 12
AGEING = 0.4
"""How much an application's age determines its type and status; the rest is chance."""
SAMPLE = "contoh"
"""The compendium's sample city, whose names are in the vocabulary."""


def synthesize_inventory(seed: int, *, margins: Margins | None = None, size: int = SIZE) -> pd.DataFrame:
    """Make up the inventory of a city.

    Parameters
    ----------
    seed : int
        The same seed gives the same inventory.
    margins : mapping, optional
        Counts to be met exactly, by attribute and category; what is left out of an attribute is 0, and an
        attribute that is left out is drawn. The totals must be equal and take the place of `size`.
    size : int
        Number of applications where no margins are given.

    Returns
    -------
    pandas.DataFrame
        Columns as in ``applications.csv``, all text; index: row numbers of the file. Some applications
        are run by several agencies under different spellings, some have not been updated for years.

    Raises
    ------
    MarginsError
        When the margins cannot be met; see `all_counts`.
    """
    counts = all_counts(margins or {}, size)
    total = sum(counts["status"].values())
    generator = np.random.default_rng(seed)
    national = vocabulary.national(generator, min(counts["ownership"]["central"], total))
    shared = vocabulary.shared(generator, round(SHARED * (total - len(national))))
    own = vocabulary.own(generator, total - len(national) - len(shared))
    frame = pd.DataFrame([*national, *shared, *own], columns=["name", "owner", "function"], dtype="str")
    age = generator.random(total)
    given = np.arange(total) >= len(national)
    browsed = frame["name"].str.contains("Portal|Dasbor|Online").to_numpy() | ~given
    ageing = {key: AGEING * age + (1 - AGEING) * generator.random(total) for key in ("type", "status")}
    frame["type"] = _allot(np.where(browsed, 0.5, ageing["type"]), counts["type"])
    frame["ownership"] = _allot(given + generator.random(total), counts["ownership"])
    frame["status"] = _allot(ageing["status"], counts["status"])
    frame["last_updated"] = _dates(generator, frame["status"])
    frame[list(ORIGIN)] = ""
    again = frame.groupby(["name", "owner"]).cumcount()
    frame["name"] = frame["name"] + np.where(again > 0, " " + (again + 1).astype(str), "")
    frame = frame.sort_values(["owner", "name"])[COLUMNS]
    return frame.set_axis(pd.RangeIndex(FIRST_ROW, FIRST_ROW + total, name="row"))


def synthesize_city(
    seed: int,
    folder: Path,
    *,
    margins: Margins | None = None,
    size: int = SIZE,
    names: Mapping[str, str] | None = None,
) -> None:
    """Write the raw package of a made-up city, completely or not at all.

    Parameters
    ----------
    seed, margins, size
        As for `synthesize_inventory`.
    folder : pathlib.Path
        Folder to create, such as ``data/raw/contoh``; it may exist if it is empty.
    names : mapping, optional
        ``name_id`` and ``name_en`` in place of the sample city's.

    Raises
    ------
    FileExistsError, MarginsError
        When the folder is not empty, or the margins cannot be met.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(str(folder))
    inventory = synthesize_inventory(seed, margins=margins, size=size)
    frames = _frames(np.random.default_rng([seed, 1]), inventory)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as staging:
        package = Path(staging) / "package"
        for name, frame in frames.items():
            write_text(package / f"{name}.csv", frame.to_csv(index=False, lineterminator="\n"))
        block = {**words()["city"], **(names or {})}
        descriptors.write(package, descriptors.describe(package, block, [words()["source"]]))
        if folder.exists():
            folder.rmdir()
        package.rename(folder)


def _allot(latent: NDArray[np.float64], counts: Mapping[str, int]) -> NDArray[np.object_]:
    """Assign categories in the order of a latent variable, each as often as counted."""
    allotted = np.empty(len(latent), dtype=object)
    allotted[np.argsort(latent, kind="stable")] = np.repeat(list(counts), list(counts.values()))
    return allotted


def _dates(generator: np.random.Generator, statuses: pd.Series) -> list[str]:
    """Draw when data were last updated: mostly recently if in operation, long ago otherwise."""
    dates = []
    for status, draw, is_left_out in zip(
        statuses, generator.random(len(statuses)), generator.random(len(statuses)) < UNDATED, strict=True
    ):
        least, more = AGES.get(status, INACTIVE_AGES)
        days = least + int(more * (draw**5 if least == 0 else draw))
        dates.append("" if is_left_out or not more else (REFERENCE - timedelta(days=days)).isoformat())
    return dates


def _frames(generator: np.random.Generator, inventory: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the raw files of a made-up city by name; every text that could be mistaken is marked."""
    evidence, pairs = _evidence(generator), _integrations(generator, inventory)
    rows = {
        "integrations": pairs,
        "informants": words()["informants"],
        "metrics": [
            (key, low + int((high - low + 1) * generator.random()), *rest)
            for key, low, high, *rest in words()["metrics"]
        ],
        "derivations": [one for one in words()["derivations"] if pairs or "integrations." not in one[2]],
        "evidence": evidence,
        "findings": [one for one in _findings(evidence) if pairs or "{integrations." not in one[-1]],
    }
    frames = {}
    for name, made in rows.items():
        columns = columns_of(name)
        frame = pd.DataFrame(made, columns=[column for column in columns if column != "locator"])
        frames[name] = frame
        for lang, mark in words()["mark"].items():
            for column in frame.columns.intersection([f"role_{lang}", f"label_{lang}"]):
                frame[column] = frame[column] + f" ({mark.lower()})"
            for column in frame.columns.intersection([f"text_{lang}"]):
                frame[column] = f"{mark}: " + frame[column]
        if "locator" in columns:
            frame["locator"] = words()["source"]["title"]
    return {"applications": inventory, **frames}


def _integrations(generator: np.random.Generator, inventory: pd.DataFrame) -> list[tuple[str, str]]:
    """Connect a hub to applications of other agencies, and pairs within agencies; all in use and unique."""
    is_unique = ~inventory["name"].str.casefold().duplicated(keep=False)
    usable = inventory.loc[is_unique & (inventory["status"] == "operational"), ["name", "owner"]]
    hub, *others = sorted(
        shuffled(generator, usable.to_numpy().tolist()), key=lambda one: one[1] != HUB_AGENCY
    ) or [("", "")]
    partners = others[-HUB_PARTNERS:]
    by_owner: dict[str, list[str]] = {}
    for name, owner in others[:-HUB_PARTNERS]:
        by_owner.setdefault(owner, []).append(name)
    pairs = [(names[0], names[1]) for names in by_owner.values() if len(names) > 1]
    return [(hub[0], name) for name, _ in partners] + pairs[:OTHER_PAIRS]


def _evidence(generator: np.random.Generator) -> list[tuple[str, ...]]:
    """Let two coders code each piece of evidence; for some, the second is one step away from the first."""
    records = words()["evidence"]
    differing = shuffled(generator, range(len(records)))[: round(DISAGREED * len(records))]
    rows: list[tuple[str, ...]] = []
    for n, (*about, polarity, text_id, text_en) in enumerate(records):
        place = POLARITIES.index(polarity)
        step = 1 if generator.random() < 0.5 else -1
        other = POLARITIES[place + step if place == 1 else 1] if n in differing else polarity
        rows += [
            (f"E{n + 1:02d}", *about, coded, coder, text_id, text_en)
            for coder, coded in (("c1", polarity), ("c2", other))
        ]
    return rows


def _findings(evidence: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Base each finding on the evidence of its aspects."""
    rows: list[tuple[str, ...]] = []
    for finding in words()["findings"]:
        dimension, polarity, aspects = finding["of"]
        used = dict.fromkeys(row[0] for row in evidence if row[1] in aspects.split())
        texts = (finding["text_id"], finding["text_en"])
        rows.append((finding["id"], dimension, polarity, " ".join(used), *texts))
    return rows
