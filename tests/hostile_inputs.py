"""Hostile and damaged inputs by number: good spreadsheets, mappings and packages, and what is done to them.

`python tests/hostile_inputs.py FIRST LAST` sends each through `new` or `check` in this process, as the
command line would, and prints one JSON object a case: what it was, how it ended, seconds, most memory.
"""

import csv
import io
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import traceback
import zipfile
from pathlib import Path
from random import Random

from conftest import compendium
from helpers import CITY, make_project
from spreadsheet_files import HEADINGS, csv_bytes, ods_bytes, xlsx_bytes, zipped

from analysis.synthetic.synthesis import synthesize_inventory

if sys.platform != "win32":
    import resource

LONGEST = 30
"""Processor seconds that a case may take."""
NAMES = ("--province-id", "Jawa Timur", "--province-en", "East Java", "--lang", "en")
NASTY = [
    *("", "=cmd|' /C calc'!A0", "@SUM(1)", "\u202egnp.exe", "<script>alert(1)</script>", "{{ 7*7 }}"),
    *("${jndi:ldap://x}", "$(touch x)", "../../etc/passwd", "a" * 5_000, "\U0001f600" * 50, "\x00"),
    *("\x1b[2J", "#REF!", "1E+308", "-0", "NaN", "00012", "31/02/2023", "9999-99-99", "tidak ada"),
    *("Jumlah", '"', "'", ";,\t|", "\r\n\r\n", "ﷺ" * 100, "꧋ꦗꦮ", "İıſß", "web " * 3_000, "A, " * 3_000),
]
HUGE = ["99999999", "1048576", "16384", "-1", "0", "x", "1e9", "2147483648", ""]


def inventory(random: Random) -> list[list[str]]:
    """Return a good inventory as rows."""
    frame = synthesize_inventory(random.randrange(1_000), size=random.choice([1, 5, 40]))
    return [list(HEADINGS), *frame.to_numpy().tolist()]


def cells(random: Random) -> bytes:
    """Return a spreadsheet of any form in which some cells are nasty."""
    rows = inventory(random)
    for _ in range(random.randrange(1, 12)):
        row = random.choice(rows)
        row[random.randrange(len(row))] = random.choice(NASTY)
    for _ in range(random.randrange(3)):
        odd = [[], ["x"], rows[0], ["Jumlah", "3"], [""] * 30]
        rows.insert(random.randrange(len(rows) + 1), random.choice(odd))
    clean = [[re.sub(r"[\x00-\x08\x0b-\x1f]", "?", cell) for cell in row] for row in rows]
    make = random.choice(
        [csv_bytes, lambda rows: xlsx_bytes({"S": clean}), lambda rows: ods_bytes({"S": clean})]
    )
    return bytes(make(rows))


def noise(random: Random, data: bytes) -> bytes:
    """Return bytes of which some are changed, lost, doubled or moved."""
    mutated = bytearray(data)
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(mutated) + 1)
        size = random.choice([1, 4, 50, 2_000])
        kind = random.randrange(5)
        if kind == 0:
            mutated[at : at + size] = random.randbytes(min(size, 50))
        elif kind == 1:
            del mutated[at : at + size]
        elif kind == 2:
            mutated[at:at] = mutated[at : at + size] * random.choice([1, 30])
        elif kind == 3:
            del mutated[at:]
        else:
            marks = [b'"', b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b"&#0;", b"\r", b"PK\3\4"]
            mutated[at:at] = random.choice(marks)
    return bytes(mutated)


def markup(random: Random, data: bytes) -> bytes:
    """Return an archive of which one part is changed: numbers made huge, elements repeated, parts lost."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = random.choice([one for one in parts if one.endswith((".xml", ".rels"))])
    text = parts[name].decode("utf-8")
    kind = random.randrange(8)
    if kind == 0 and (numbers := list(re.finditer(r'"([A-Z]{0,3})(\d+)"', text))):
        one = random.choice(numbers)
        text = f'{text[: one.start()]}"{one[1]}{random.choice(HUGE)}"{text[one.end() :]}'
    elif kind == 1 and (elements := re.findall(r"<[^>/!?]+/>", text)):
        text = text.replace(one := random.choice(elements), one * random.choice([2, 1_000, 20_000]), 1)
    elif kind == 2:
        text = re.sub(r"(<\w[^>]*>)", r'<!DOCTYPE x [<!ENTITY a "aa">]>\1', text, count=1)
    elif kind == 3:
        del parts[name]
    elif kind == 4:
        parts["x/" + name] = parts.pop(name)
    elif kind == 5:
        text = text.replace("number-rows-repeated=", "x=").replace(
            "<table:table-row>", f'<table:table-row table:number-rows-repeated="{random.choice(HUGE)}">'
        )
    elif kind == 6:
        merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' * random.choice([1, 500])
        text = text.replace("</sheetData>", f"</sheetData>{merges}")
    else:
        text = noise(random, text.encode()).decode("utf-8", "replace")
    if name in parts:
        parts[name] = text.encode()
    return bytes(zipped(parts))


def large(random: Random) -> bytes:
    """Return something that is well formed and far too large, or almost."""
    kind = random.randrange(8)
    if kind == 0:
        most = random.choice([9_000, 60_000])
        return csv_bytes([HEADINGS, *([f"A{n}", "Dinas A", *["x"] * 5] for n in range(most))])
    if kind == 1:
        return csv_bytes([[*HEADINGS, *map(str, range(random.choice([400, 3_000])))], ["x"] * 7])
    if kind == 2:
        return ("Nama Aplikasi;OPD\n" + '"a;b\n' * random.choice([40, 30_000])).encode()
    if kind == 3:
        return ("Nama Aplikasi;OPD\n" + "x" * random.choice([30_000, 3_000_000]) + ";b\n").encode()
    row = '<c t="inlineStr"><is><t>aaaa</t></is></c>' * random.choice([10, 600])
    if kind == 4:
        rows = f"<row>{row}</row>" * random.choice([100, 4_000])
        content = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    elif kind == 5:
        formulas = "<row><c><f>1+1</f></c><c><f>A1</f><v>2</v></c></row>" * random.choice([1_000, 100_000])
        content = f"<worksheet><sheetData>{formulas}</sheetData></worksheet>"
    elif kind == 6:
        content = "<worksheet>" + "<a>" * random.choice([150, 100_000]) + "</worksheet>"
    else:
        content = (
            "<worksheet><sheetData>" + '<row r="1"><c r="A1"/></row>' * 50_000 + "</sheetData></worksheet>"
        )
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes({"S": [HEADINGS]}))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = content.replace("<worksheet>", f"<worksheet {namespace}>", 1).encode()
    return bytes(zipped(parts))


def spreadsheet(random: Random) -> tuple[str, bytes]:
    """Return what was done, and a hostile or damaged spreadsheet."""
    kind = random.choice(["cells", "cells", "noise", "noise", "markup", "markup", "markup", "large", "other"])
    if kind == "cells":
        return kind, cells(random)
    if kind == "noise":
        return kind, noise(random, cells(random))
    if kind == "markup":
        make = random.choice([xlsx_bytes, ods_bytes])
        return kind, markup(random, make({"S": inventory(random), "Lain": [["x"]]}))
    if kind == "large":
        return kind, large(random)
    others = [b"", b"\n" * 1_000, b"{}", b"[[1,2]]", b"<html><table></table></html>", b"%PDF-1.4", b"PK\3\4"]
    others += [random.randbytes(3_000), "Nama;OPD".encode("utf-16"), b"\xd0\xcf\x11\xe0" * 99, b"\xff" * 500]
    return kind, random.choice(others)


def new(random: Random, project: Path) -> tuple[str, list[str]]:
    """Write a hostile spreadsheet, perhaps a mapping, and return what was done and the command."""
    kind, data = spreadsheet(random)
    source = project / f"i{random.choice(['.csv', '.xlsx', '.ods', '.xls', ''])}"
    if random.random() < 0.03:
        kind = "pipe"
        os.mkfifo(source)
    else:
        source.write_bytes(data)
    command = ["new", "surabaya", "--from", source.name, *NAMES]
    if random.random() < 0.15:
        kind += " with a mapping"
        mapping = (
            "columns: {name: Nama Aplikasi, owner: {from: '^'}, type: {from: Basis, blanks: above}}\n"
            "sheets: [S]\ncategories:\n  type:\n  - {found: Web, means: web}\n"
            "owner:\n  - {found: A, means: B}\n"
        )
        (project / "m.yaml").write_bytes(random.choice([mapping.encode(), noise(random, mapping.encode())]))
        command += ["--mapping", "m.yaml"]
    return kind, command


def package(random: Random, project: Path) -> tuple[str, list[str]]:
    """Damage a package's descriptor or one of its files, and return what was done and the command."""
    folder = project / "data/raw" / CITY
    path = folder / "datapackage.yaml"
    kind = random.choice(["descriptor", "descriptor", "descriptor", "yaml", "raw file", "raw pipe"])
    if kind == "descriptor":
        path.write_bytes(noise(random, path.read_bytes()))
    elif kind == "yaml":
        lines = path.read_text("utf-8").splitlines()
        at = random.randrange(len(lines))
        nodes = ["!!python/object/apply:os.system ['x']", "[" * 2_000, "&a [*a]", "1" * 5_000]
        value = random.choice([*nodes, "null", "[]", "{}", "true", "2023-01-01"])
        lines[at] = f"{lines[at].partition(':')[0]}: {value}"
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        raw = random.choice(sorted(folder.glob("*.csv")))
        if kind == "raw pipe":
            raw.unlink()
            os.mkfifo(raw)
        else:
            data = raw.read_bytes()
            rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
            random.choice(rows)[0] = random.choice(NASTY)
            edited = "\n".join(",".join(row) for row in rows).encode()
            raw.write_bytes(random.choice([noise(random, data), edited]))
    return kind, ["check", CITY, *random.choice([(), ("--update-hashes",)]), "--lang", "en"]


def peak() -> int:
    """Return the most kilobytes of this process; Linux counts those of its parent in with `getrusage`."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.read_text("utf-8").split("VmHWM:")[1].split()[0])


def spent() -> float:
    """Return the processor seconds of this process and its children, whatever else the machine does."""
    return sum(os.times()[:4])


def run(number: int, folder: Path) -> dict[str, object]:
    """Send one case through the command line; return how it ended."""
    random = Random(number)  # noqa: S311 - a case is the same whenever it is run
    project = make_project(folder)
    is_new = random.random() < 0.75
    kind, command = (new if is_new else package)(random, project)
    begin = spent()
    signal.alarm(4 * LONGEST)
    try:
        ended = compendium(project, *command)
        how = "made" if ended.returncode == 0 else "refused"
        said = ended.stdout + ended.stderr
        wrong = "" if ended.returncode in (0, 1) and said.strip() and "Traceback" not in said else f"{ended}"
        if is_new and how == "refused" and (project / "data/raw/surabaya").exists():
            wrong = "a city was made although the import was refused"
        if is_new and how == "made":
            checked = compendium(project, "check", "surabaya", "--lang", "en")
            wrong = "" if checked.returncode == 0 else f"made, but {checked.stdout}"
    except BaseException:
        how, wrong = "failed", traceback.format_exc()
    finally:
        signal.alarm(0)
    most = max(peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    seconds = round(spent() - begin, 2)
    return {
        "case": number,
        "kind": kind,
        "how": how,
        "wrong": wrong,
        "seconds": seconds,
        "megabytes": most // 1024,
    }


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError("too slow")))
    for case in range(int(sys.argv[1]), int(sys.argv[2])):
        place = Path(tempfile.mkdtemp(prefix="hostile-"))
        sys.stdout.write(json.dumps(run(case, place / "project")) + "\n")
        sys.stdout.flush()
        shutil.rmtree(place, ignore_errors=True)
