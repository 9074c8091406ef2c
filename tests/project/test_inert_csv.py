import csv
import io
import shutil
import subprocess

import pytest

from analysis.project.inert_csv import inert

LIVE = [
    "=1+1",
    '=HYPERLINK("https://contoh.example","x")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
]
DEAD = ["-5", "+62", "-1.081,5", "-12,5%", "-", "a=b", "'=1", "", "Dinas A"]


def rows(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("cell", LIVE)
def test_what_may_be_a_formula_becomes_text(cell):
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([["name", "count"], [cell, "-5"]])
    assert rows(inert(stream.getvalue().encode())) == [["name", "count"], [f"'{cell}", "-5"]]


def test_a_file_without_formulas_stays_the_same_byte_for_byte():
    content = b"name,count\r\n" + "\n".join(f'"{cell}",1' for cell in DEAD).encode()
    assert inert(content) == content


@pytest.mark.slow("starts LibreOffice, which few machines have; the rule itself is tested above")
@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice on this machine")
def test_libreoffice_takes_no_cell_for_a_formula(tmp_path):
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([cell, "7"] for cell in [*LIVE, *DEAD])
    for name, content in (("live", stream.getvalue().encode()), ("inert", inert(stream.getvalue().encode()))):
        (tmp_path / f"{name}.csv").write_bytes(content)
    # Field 44, text 34, UTF-8 76, from row 1; "evaluate formulas", as a person may ask for, is the last one.
    options = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter={options}", "--convert-to", "fods", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, *map(str, tmp_path.glob("*.csv"))], check=True, timeout=240, capture_output=True
    )
    live, dead = ((tmp_path / f"{name}.fods").read_text("utf-8") for name in ("live", "inert"))
    assert "table:formula" in live
    assert "table:formula" not in dead
    assert 'office:value="-5"' in dead
