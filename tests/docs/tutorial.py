"""Read a tutorial as its reader does: what to type, what appears then, what to edit, what to paste."""

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import openpyxl
from helpers import ROOT

from analysis.intake.templates_xlsx import put
from analysis.language.labels import text as label

FENCE = re.compile(r"^```(?P<kind>\w+)(?: (?P<info>[^\n]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
WINDOWS = (
    (r"^py -3\.\d+ ", "python3 "),
    (r"^copy ", "cp "),
    (r'^\$env:(\w+) = "(\S+)"$', r"export \1=\2"),
    (r"\\", "/"),
    (r"\.venv/Scripts/", ".venv/bin/"),
)
"""What a command looks like on Windows, and the same on Linux."""
BUILDING = re.compile(r" (build|compare) ")
SETUP = re.compile(r"python\S* -m (venv|pip) ")
"""Commands that were done for the environment the tests run in."""
EPOCH = "1717200000"
"""1 June 2024: a fixed "now" for the builds of the tutorial."""
TERMINAL = {"TTY_COMPATIBLE": "1", "TTY_INTERACTIVE": "0", "TERM": "dumb", "COLUMNS": "100", "LINES": "25"}
"""What makes the commands print as on a terminal of 100 columns, without colours and progress bars."""
MADE = ("build", "build/site/id", "build/site/en", "data/processed")
"""Folders in which a build fills that of its city."""
ASIDE = "build contoh"
"""What is done beside the steps that follow, which have nothing to do with it."""
ANY_FENCE = re.compile(r"^\s*(?:```|~~~)", re.MULTILINE)
KINDS = {"sh", "powershell", "diff", "markdown", "tsv", "text", "yaml"}
CHANGE = re.compile(r"((?:^-.*\n)*)((?:^\+.*\n)*)", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: what kind of thing it holds, and what that is for.

    ``sh`` and ``powershell``: commands (``sh fails``: it refuses). ``diff FILE``: lines to replace or
    to add at the end. ``markdown FILE``: a file to write. ``tsv FILE SHEET CELL``: rows to paste into a
    workbook. ``text``: what the last command printed, where ``…`` stands for anything.
    ``yaml``: a workflow, which `test_workflows` lints.
    """

    kind: str
    info: str
    body: str

    @property
    def lines(self) -> list[str]:
        return self.body.splitlines()


@dataclass(frozen=True)
class Step:
    """A block of commands that was run: what the last one printed and how it ended; what should have come."""

    block: Block
    expected: str
    code: int
    output: str


def text(lang: str) -> str:
    return (ROOT / f"docs/adapt.{lang}.md").read_text("utf-8")


def blocks(lang: str) -> list[Block]:
    return read(text(lang))


def read(words: str) -> list[Block]:
    """Return every block of a tutorial; refuse one that its reader would see and nobody would follow."""
    found = [Block(m["kind"], m["info"] or "", m["body"]) for m in FENCE.finditer(words)]
    strange = [block for block in found if block.kind not in KINDS or ANY_FENCE.search(block.body)]
    lone = [
        after
        for before, after in pairwise([Block("", "", ""), *found, Block("", "", "")])
        if (after.kind == "text") > (before.kind == "sh")
        or (before.kind == "powershell") > (after.kind == "sh")
    ]
    rest = ANY_FENCE.search(FENCE.sub("", words))
    if strange or lone or rest:
        raise ValueError(f"not followed: {strange or lone or words[rest.start() : rest.end() + 80]}")
    return found


def pairs(lang: str) -> list[tuple[Block, Block]]:
    """Return what is typed on Windows beside what is typed on Linux."""
    return [(one, other) for one, other in pairwise(blocks(lang)) if one.kind == "powershell"]


def on_linux(command: str) -> str:
    """Translate a command for Windows, word by word."""
    for pattern, replacement in WINDOWS:
        command = re.sub(pattern, replacement, command)
    return command


def is_shown(expected: str, output: str) -> bool:
    """Tell whether an output is the one that is shown, ``…`` being anything, on its own line any lines."""
    parts = [re.escape(line.rstrip()).replace("…", ".*") for line in expected.strip("\n").splitlines()]
    lines = [r"(?:.*\n)*?" if part == ".*" else part + r"\n" for part in parts]
    got = "".join(f"{line.rstrip()}\n" for line in output.strip("\n").splitlines())
    return re.fullmatch("".join(lines), got) is not None


class Reader:
    """Somebody who follows a tutorial on Linux, in a copy of the project."""

    def __init__(self, lang: str, project: Path) -> None:
        self.lang, self.project = lang, project
        self.environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **TERMINAL}
        for name in ("COMPENDIUM_OUTBOX", "LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR"):
            self.environment.pop(name, None)
        (project / ".venv").symlink_to(sys.prefix)

    def run(self, command: str) -> tuple[int, str]:
        """Type a command; what ``export`` sets holds for those that follow."""
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self.environment = {**self.environment, name: value}
            return 0, ""
        done = subprocess.run(
            shlex.split(command),
            cwd=self.project,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        return done.returncode, done.stdout

    def edit(self, block: Block) -> None:
        """Replace the lines marked ``-`` by those marked ``+``; without ``-``, add lines at the end."""
        path = self.project / block.info
        content = path.read_bytes().decode("utf-8")
        ending = "\r\n" if "\r\n" in content else "\n"
        for change in CHANGE.findall(block.body):
            old, new = (re.sub(r"^[-+]", "", part, flags=re.MULTILINE) for part in change)
            old, new = old.replace("\n", ending), new.replace("\n", ending)
            assert not old or content.count(old) == 1, (block.info, old)
            content = content.replace(old, new) if old else content + new
        path.write_bytes(content.encode("utf-8"))

    def write(self, block: Block) -> None:
        path = self.project / block.info
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")

    def paste(self, block: Block) -> None:
        """Paste rows into a sheet, as Excel does: a tab is the next cell."""
        file, name, cell = block.info.split()
        book = openpyxl.load_workbook(self.project / file)
        sheet = book[name]
        corner = sheet[cell]
        for row, line in enumerate(block.lines, start=corner.row):
            for column, value in enumerate(line.split("\t"), start=corner.column):
                assert sheet.cell(row, column).value is None, (name, cell)
                put(sheet, row, column, value)
        book.save(self.project / file)

    def inputs(self, cities: list[str]) -> str:
        """Return a digest of what a build starts from, given code, framework and the papers' sources."""
        raw = (path for city in cities for path in (self.project / "data/raw" / city).glob("*.*"))
        passages = (path for city in cities for path in (self.project / "paper/cities" / city).glob("*.md"))
        files = sorted([*raw, *passages])
        parts = [str(p.relative_to(self.project)).encode() + p.read_bytes() for p in files]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


class Builds:
    """Builds cities once: who comes later with the same inputs takes what was made, then builds as well."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[str, Future] = {}
        self.lock = threading.Lock()

    def run(self, reader: Reader, command: str) -> tuple[int, str]:
        """Type a command that builds the cities it names."""
        _, verb, *cities = shlex.split(command)
        key = f"{verb}-{reader.inputs(cities)}"
        with self.lock:
            is_first, kept = key not in self.kept, self.kept.setdefault(key, Future())
        if is_first:
            return self._build(reader, command, cities, self.folder / key, kept)
        _copy_made(kept.result(), reader.project, cities)
        code, output = reader.run(command)
        return code, _as_if_built(output, reader.lang)

    def _build(
        self, reader: Reader, command: str, cities: list[str], folder: Path, kept: Future
    ) -> tuple[int, str]:
        try:
            result = reader.run(command)
            _copy_made(reader.project, folder, cities)
        except BaseException as error:
            kept.set_exception(error)
            raise
        kept.set_result(folder)
        return result


def _copy_made(source: Path, target: Path, cities: list[str]) -> None:
    """Copy what was made of cities; one that was only compared may have no pages of a site."""
    for name in (f"{part}/{city}" for part in MADE for city in cities):
        if (source / name).exists():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)


def _as_if_built(output: str, lang: str) -> str:
    """Write that all was up to date as if all had been done."""
    idle = re.escape(label("cli.up_to_date", lang, all="@all", seconds="@seconds"))
    found = re.search(idle.replace("@all", r"(\d+)").replace("@seconds", r"\S+"), output)
    done = label("cli.built", lang, made=found[1], all=found[1], seconds="0") if found else ""
    return output.replace(found[0], done) if found else output


def follow(reader: Reader, builds: Builds) -> list[Step]:
    """Do everything that a tutorial says; return its blocks of commands with what came of them."""
    steps: list[tuple[Block, str, Future]] = []
    with ThreadPoolExecutor(2) as hands:
        for block, after in pairwise([*blocks(reader.lang), Block("", "", "")]):
            if block.kind == "sh":
                working = hands.submit(partial(_type, reader, builds, block))
                steps.append((block, after.body if after.kind == "text" else "", working))
                if ASIDE not in block.body:
                    working.result()
            elif block.kind in ("diff", "markdown", "tsv"):
                {"diff": reader.edit, "markdown": reader.write, "tsv": reader.paste}[block.kind](block)
    return [Step(block, expected, *working.result()) for block, expected, working in steps]


def _type(reader: Reader, builds: Builds, block: Block) -> tuple[int, str]:
    """Type the commands of a block; return how the last one ended."""
    result = (0, "")
    for command in block.lines:
        assert result[0] == 0, result[1]
        if BUILDING.search(command):
            result = builds.run(reader, command)
        elif not SETUP.search(command):
            result = reader.run(command)
    return result
