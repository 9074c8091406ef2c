"""Builders shared by the tests: a tiny city on disk or in memory, and the real Bandung package."""

import csv
import io
import json
import shutil
import subprocess
from contextlib import chdir
from functools import cache
from pathlib import Path

import pandas as pd
import yaml

from analysis.display.display_table import DisplayTable
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data import raw
from analysis.raw_data.csv_form import FIRST_ROW
from analysis.raw_data.raw import Package
from analysis.raw_data.schemas import schemas

ROOT = Path(__file__).resolve().parents[1]
CITY = "kotabaru"
LANGUAGES = ("id", "en")
INTEGERS = ("count",)

FILES = {
    "framework": """\
level,code,parent,label_id,label_en,locator
dimension,government,,Pemerintahan,Government,T1
working_area,online_services,government,Layanan,Services,T1
working_area,infrastructure,government,Prasarana,Infrastructure,T1
working_area,open_government,government,Terbuka,Open,T1
indicator,online_procedures,online_services,Prosedur,Procedures,T1
indicator,wifi_coverage,infrastructure,WiFi,WiFi,T1
indicator,open_data,open_government,Data terbuka,Open data,T1
aspect,service_access,online_procedures,Akses,Access,T3
aspect,wifi_components,wifi_coverage,Komponen,Components,T3
aspect,open_data_quantity,open_data,Kuantitas,Quantity,T3
aspect,source_data_access,open_data,Data sumber,Source data,T3
""",
    "applications_recap": """\
attribute,category,count,locator
type,web,6,T4
type,mobile,1,T4
type,desktop,2,T4
type,multiplatform,1,T4
ownership,own,7,T5
ownership,central,3,T5
ownership,grant,0,T5
status,planned,1,T6
status,development,2,T6
status,trial,0,T6
status,operational,5,T6
status,inactive,2,T6
""",
    "integrations": """\
application,integrated_with,locator
Siaga,Sehat,T7
Sehat,Lapor,T7
NA,0012,T7
""",
    "informants": """\
group,role_id,role_en,sampling,count,locator
officials,Pejabat,Officials,snowball,2,T2
citizens,Warga,Citizens,snowball,3,T2
experts,Ahli,Experts,purposive,1,M
""",
    "metrics": """\
metric,value,unit,label_id,label_en,locator
wifi.access_points,3,access_point,titik akses,access points,W
wifi.users_per_access_point,10,person,pengguna,users,W
open_data.declaration,2020-01-31,date,deklarasi,declaration,O
""",
    "derivations": """\
key,operation,inputs,condition,unit
wifi.capacity.users,product,wifi.access_points wifi.users_per_access_point,,person
informants.citizens,sum_where,informants.csv:count,group=citizens,person
""",
    "evidence": """\
evidence_id,aspect,method,role,polarity,coder,text_id,text_en,locator
E1,service_access,interview,officials,supports,c1,Ada,There is,S
E2,service_access,document,records,supports,c1,Tercatat,Recorded,S
E3,wifi_components,observation,researchers,hinders,c1,Kurang,Too few,W
E4,open_data_quantity,interview,citizens,mixed,c1,Sebagian,In part,O
E4,open_data_quantity,interview,citizens,hinders,c2,Kurang,Too few,O
""",
    "findings": """\
finding_id,dimension,polarity,evidence_ids,text_id,text_en,locator
OS1,online_services,supports,E1 E2,Ada {services.web_or_mobile.count} layanan.,\
There are {services.web_or_mobile.count} services.,T8
IN1,infrastructure,hinders,E3,WiFi kurang.,WiFi is scarce.,T8
""",
}
"""A valid city, file by file; of the framework's aspects, the last has no evidence."""

BLOCK = {
    "name_id": "Kota Baru",
    "name_en": "New City",
    "province_id": "Jawa Utara",
    "province_en": "North Java",
    "synthetic": True,
}
RESULT = {"key": "a", "value": 1, "unit": "x", "file": "f.csv", "rows": "2", "rule": "copy"}
LINEAGE_OF_NOTHING = pd.DataFrame({"row": []})
SOURCES = [{"title": "Buku putih", "title_en": "White book", "path": "https://example.org/"}]


def make_project(root: Path, **files: str | None) -> Path:
    """Write a project with one tiny valid city; `files` replaces texts by name, None leaves a file out."""
    texts = {name: text for name, text in (FILES | files).items() if text is not None}
    folders = {name: root / "data/raw" / ("" if name == "framework" else CITY) for name in texts}
    (root / "data/raw" / CITY).mkdir(parents=True)
    for name, text in texts.items():
        (folders[name] / f"{name}.csv").write_bytes(text.encode())
    for folder, head in ((root / "data/raw", {}), (root / "data/raw" / CITY, {"city": BLOCK})):
        listed = [name for name in texts if folders[name] == folder]
        document = {"name": "x", **head, "resources": [_resource(folder, name) for name in listed]}
        write_yaml(folder / "datapackage.yaml", document)
    return root


def _resource(folder: Path, name: str) -> dict:
    path = folder / f"{name}.csv"
    described = {
        "name": name,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }
    return described | {"hash": raw.sha256(path), "sources": SOURCES} | schemas()[name]


def open_project(monkeypatch, folder: Path, **files: str | None) -> City:
    """Write a project (`make_project`), work inside it, and return its city."""
    monkeypatch.chdir(make_project(folder, **files))
    monkeypatch.delenv(cities.OUTBOX, raising=False)
    return cities.find(CITY)


def write_yaml(path: Path, document: dict) -> None:
    """Write a YAML file without the aliases of repeated parts, which Frictionless cannot read."""
    plain = json.loads(json.dumps(document))
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # a tenth of the time
    document = yaml.dump(plain, Dumper=dumper, sort_keys=False, allow_unicode=True)
    path.write_text(document, encoding="utf-8")


def frame(text: str) -> pd.DataFrame:
    """Return a CSV text as `raw.load` would: cells as text, counts as integers, file rows as index."""
    header, *records = csv.reader(io.StringIO(text))
    index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(records), name="row")
    table = pd.DataFrame(records, columns=header, index=index, dtype="str")
    return table.astype({name: "int64" for name in INTEGERS if name in header})


def make_package(**frames: pd.DataFrame | str | None) -> Package:
    """Return the tiny city in memory; `frames` replaces frames (or their texts), None leaves one out."""
    tables = {name: _frame(name) for name in FILES if name not in frames}
    for name, value in frames.items():
        if value is not None:
            tables[name] = frame(value) if isinstance(value, str) else value
    described = {name: {"sources": SOURCES} for name in tables}
    return Package(City(CITY, Path("nowhere")), {"city": BLOCK}, described, tables)


def committed(pattern: str) -> list[Path]:
    """Return the files that git tracks, since a stray one is no fault; in a copy without git, all of them."""
    listing = ["git", "ls-files", "--", f":(glob){pattern}"]
    listed = shutil.which("git") and subprocess.run(
        listing, cwd=ROOT, capture_output=True, text=True, check=False
    )
    tracked = [ROOT / name for name in listed.stdout.splitlines()] if listed else []
    return [path for path in tracked if path.exists()] or sorted(ROOT.glob(pattern))


def require_readable(shown: DisplayTable) -> None:
    """A table for readers holds texts only, under headings of its own, each column with side and width."""
    assert all(isinstance(cell, str) for cell in shown.frame.to_numpy().ravel())
    assert all(shown.frame.columns) and shown.frame.columns.is_unique
    assert len(shown.align) == len(shown.widths) == len(shown.frame.columns)
    assert shown.caption


def recap(counts: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Return counts by attribute and category as the frame `applications_recap`."""
    rows = [(attribute, name, n, "T") for attribute, part in counts.items() for name, n in part.items()]
    columns = ["attribute", "category", "count", "locator"]
    return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(rows)))


@cache
def _frame(name: str) -> pd.DataFrame:
    return frame(FILES[name])


@cache
def bandung() -> Package:
    """Return the real package of Bandung, read once."""
    with chdir(ROOT):
        return raw.load("bandung")
