"""Check what was read from a spreadsheet as a whole, together with the raw files that stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.checking.consistency import check_across
from analysis.intake.city_packages import is_described
from analysis.language.problems import Problem
from analysis.project.cities import City
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.tables.applications import EITHER

Spot = tuple[str, str]
"""File and column; "" for the file as a whole."""


def check_sheets(
    frames: Mapping[str, pd.DataFrame], told: Sequence[Problem], city: City, city_block: Mapping[str, Any]
) -> list[Problem]:
    """Return what is wrong inside and between sheets, and warn of what stays and no longer fits them.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        Records by raw file, as `import_records` reads them.
    told : sequence of Problem
        What is already known to be wrong with them.
    city, city_block : City, mapping
        The city to be created, whose other raw files stay if it exists, and its description.
    """
    stay = raw.read_folder(city.framework, city.name).frames
    if is_described(city):
        stay |= raw.read_folder(city.raw, city.name).frames
    if not frames.keys().isdisjoint(EITHER):
        stay = {name: frame for name, frame in stay.items() if name not in EITHER}
    shown = {
        (f"{name}.csv", column): (str(frame.attrs["sheet"]), str(heading))
        for name, frame in frames.items()
        for column, heading in {"": "", **frame.attrs["columns"]}.items()
    }
    raw_places = {heading: column for column, heading in shown.items()}
    known = [_moved(one, raw_places) for one in told if (one.file, "") in raw_places]
    return [
        _moved(one, shown) if (one.file, "") in shown else replace(one, is_warning=True)
        for one in check_across(Package(city, {"city": city_block}, {}, stay | dict(frames)), known)
    ]


def _moved(problem: Problem, spots: Mapping[Spot, Spot]) -> Problem:
    """Return a problem with another name for its file and column."""
    file, column = spots.get((problem.file, problem.column), (spots[problem.file, ""][0], problem.column))
    return replace(problem, file=file, column=column)
