"""What the pages of a city show, loaded once: package, results, audit, and what uses what."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from analysis.auditing.checks import SEPARATOR
from analysis.display.display_table import city_name
from analysis.language.labels import LANGUAGES, catalogue, text
from analysis.project.cities import City
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import parts, spots
from analysis.reporting.report_entries import Reader, stem
from analysis.results import rebuilt_files
from analysis.results.rebuilt_files import Processed
from analysis.site import addresses
from analysis.site.frame import frame
from analysis.table_list.entries import BY_NAME

CELL = "cell"
STATEMENT = "statement"
NUMBER = "number"


@dataclass(frozen=True)
class Rows:
    """Some rows of a raw file, as a link: ``href`` from the folder of the city, ``words`` such as ``2–5``."""

    file: str
    words: str
    href: str


@dataclass(frozen=True)
class Use:
    """What follows from a raw row: a number, the cell of a table, or a statement that is checked."""

    kind: str
    words: str
    href: str


@dataclass(frozen=True)
class Study:
    """A city in one language: raw package, what was rebuilt, its audit, and its notebooks (`steps`)."""

    package: Package
    processed: Processed
    audit: Mapping[str, Any]
    lang: str
    steps: tuple[str, ...]
    epoch: int

    @property
    def city(self) -> City:
        """The city and its folders."""
        return self.package.city

    def frame(self, address: str, section: str) -> dict[str, Any]:
        """Return the frame of one of its pages; parameters as for `frame.frame`."""
        place = {"code": self.city.name, "name": self.name, "languages": self.package.languages}
        return frame(address, self.lang, section, place)

    def words(self, key: str, **values: Any) -> str:
        """Return a text of the site in the language."""
        return text(f"site.{key}", self.lang, **values)

    @cached_property
    def reader(self) -> Reader:
        """Whoever puts entries of the ledger into words."""
        return Reader(self.package, self.lang)

    @cached_property
    def entries(self) -> dict[str, dict[str, Any]]:
        """Every entry of the ledger as reports show it, by its identifier."""
        return {check["entry"]: self.reader.entry(check) for check in self.audit["checks"]}

    @cached_property
    def checks_of(self) -> dict[str, list[str]]:
        """The entries of the ledger that a result decides, by its key."""
        found: dict[str, list[str]] = defaultdict(list)
        for check in self.audit["checks"]:
            for key in check["result"].split():
                found[key].append(check["entry"])
        return found

    @cached_property
    def uses(self) -> dict[str, dict[int, list[Use]]]:
        """What follows from each raw row, by file and row."""
        found: dict[str, dict[int, list[Use]]] = defaultdict(lambda: defaultdict(list))
        for use, files, ranges in self._origins():
            for file, row in spots(files, ranges):
                found[stem(file)][row].append(use)
        return found

    @cached_property
    def ranges(self) -> dict[str, dict[int, list[str]]]:
        """The ranges of rows that anything refers to, by file and first row: ``2-5``."""
        found: dict[str, dict[int, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        for _, files, ranges in self._origins():
            for file, part in parts(files, ranges):
                first, dash, last = part.partition("-")
                if dash and first.isdigit() and last.isdigit():
                    found[stem(file)][int(first)][part] = None
        return {name: {row: list(parts) for row, parts in rows.items()} for name, rows in found.items()}

    def _origins(self) -> Iterator[tuple[Use, str, str]]:
        for key, origin in self.processed.origins.items():
            yield Use(NUMBER, key, addresses.of_number(key)), origin["file"], origin["rows"]
        for table, lineage in self.processed.lineages.items():
            columns = [lineage[name] for name in ("row", "column", "file", "rows")]
            for row, column, file, rows in zip(*columns, strict=True):
                words = f"{self.title(table)}: {row}, {column}"
                yield Use(CELL, words, addresses.of_cell(table, row, column)), file, rows
        for check in self.audit["checks"]:
            use = Use(STATEMENT, check["entry"], self.of_entry(check["entry"]))
            files, rows = check["file"].split(SEPARATOR), check["rows"].split(SEPARATOR)
            for file, ranges in dict.fromkeys(zip_longest(files, rows, fillvalue="")):
                yield use, file, ranges

    def of_entry(self, entry: str) -> str:
        """Return the address of an entry of the ledger."""
        return f"{addresses.SHEET}#{self.entries[entry]['id']}"

    def title(self, table: str) -> str:
        """Return the short name of a table: its number, which is that of the papers."""
        return f"{text('paper.table', self.lang)} {BY_NAME[table].number}"

    @cached_property
    def name(self) -> str:
        """The name of the city, marked if it is made up."""
        return city_name(self.package, self.lang)

    def rows(self, files: str, ranges: str) -> list[Rows]:
        """Return raw rows as links, without those that are in no file of the city."""
        return [
            Rows(file, part.replace("-", "–"), addresses.of_rows(stem(file), part))
            for file, part in parts(files, ranges)
            if stem(file) in self.package
            and (first := part.split("-")[0]).isdigit()
            and int(first) in self.package[stem(file)].index
        ]

    def told(self, row: Rows) -> str:
        """Return the cells of one raw row in brief."""
        frame = self.package.frames[stem(row.file)]
        other = next(lang for lang in LANGUAGES if lang != self.lang)
        left_out = [name for name in frame.columns if name == "locator" or name.endswith(f"_{other}")]
        [cells] = frame.loc[[int(row.words)]].drop(columns=left_out).to_numpy().tolist()
        return " · ".join(filter(None, map(str, cells)))


def load(city: City, lang: str, steps: tuple[str, ...], epoch: int) -> Study:
    """Load what the pages of a city show in one language; parameters as for `Study`."""
    name = city.name
    return Study(raw.load(name), rebuilt_files.load(name), rebuilt_files.load_audit(name), lang, steps, epoch)


def step_title(step: str, lang: str) -> str:
    """Return what a step is called; its name where nobody has given it another."""
    key = f"graph.step.{step}"
    return text(key, lang) if key in catalogue() else step
