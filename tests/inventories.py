"""Inventories for the tests: from rows, and any at all (Hypothesis)."""

import datetime

import pandas as pd
from hypothesis import strategies as st

from analysis.raw_data.csv_form import FIRST_ROW
from analysis.synthetic.synthesis import COLUMNS
from analysis.tables.applications import CATEGORIES

NAMES = (
    *("SIMPEG", "Simpeg", "SIM-PEG", "e-Surat", "eSurat", "Surat Elektronik", "NA", "—", "Antrean"),
    "Antrian",
)
OWNERS = ("Dinas Kesehatan", "dinas  kesehatan", "Bappeda", "RSUD")
FUNCTIONS = ("", "Data pegawai", "Data kepegawaian", "Surat masuk", "Pengelolaan data")


def inventory(*rows, **common):
    """Return an inventory of (name, owner) or dicts; `common` holds the cells that are not given."""
    cells = dict.fromkeys(COLUMNS, "") | {"type": "web", "ownership": "own", "status": "operational"}
    records = [
        row if isinstance(row, dict) else dict(zip(("name", "owner"), row, strict=True)) for row in rows
    ]
    frame = pd.DataFrame([cells | common | record for record in records], columns=COLUMNS, dtype="str")
    return frame.set_axis(pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(frame), name="row"))


dates = st.dates(datetime.date(2019, 1, 1), datetime.date(2024, 12, 31)).map(str) | st.just("")
records = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "owner": st.sampled_from(OWNERS),
        **{attribute: st.sampled_from(names) for attribute, names in CATEGORIES.items()},
        "function": st.sampled_from(FUNCTIONS),
        "last_updated": dates,
    }
)
inventories = st.lists(records, max_size=12, unique_by=lambda row: (row["name"], row["owner"])).map(
    lambda rows: inventory(*rows)
)
