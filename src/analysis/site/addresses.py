"""Where the pages of the site are: in every language at the same place below its folder."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from analysis.language.labels import LANGUAGES
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data.languages import languages
from analysis.table_list.entries import entries

HOME = "index.html"
PAPER, SHEET, RESULTS = "paper.html", "checks.html", "results.html"
TABLES, GRAPH, DICTIONARY = "tables.html", "graph.html", "dictionary.html"
NOTEBOOKS, RAW = f"notebooks/{HOME}", f"raw/{HOME}"
COMPARED = "comparison.csv"
SEARCHED = "search.js"
"""What the search of a city's pages looks through."""
SECTIONS = {
    "overview": HOME,
    "paper": PAPER,
    "tables": TABLES,
    "results": RESULTS,
    "checks": SHEET,
    "notebooks": NOTEBOOKS,
    "raw": RAW,
    "graph": GRAPH,
}
"""What the navigation of a city leads to."""
DOCUMENTS = ("paper.pdf", "paper.docx", "checks.pdf", "certificate.pdf", "checks.csv", "results.json")
ASSETS = ("bar.css", "site.css", "site.js")
FONTS = tuple(f"CompendiumSerif-{cut}.woff2" for cut in ("Regular", "Italic", "Bold"))
"""The type of the papers, which the pages are set in, too."""
MARKED = re.compile(r"[^\w.-]+")


def site(root: Path) -> Path:
    """Return the folder of the site."""
    return root / "build" / "site"


def home(city: City, lang: str) -> Path:
    """Return the folder of a city's pages in one language."""
    return site(city.root) / lang / city.name


def homes(city: City) -> list[Path]:
    """Return the folders of a city's pages in all languages."""
    return [home(city, lang) for lang in LANGUAGES]


def state(city: City) -> Path:
    """Return the style sheet that says on all pages of a city when a build was cut off."""
    return site(city.root) / "state" / f"{city.name}.css"


def card(city: City) -> Path:
    """Return the file in which a city says of itself what the page that the site begins with shows."""
    return city.build / "card.json"


def start(root: Path, lang: str) -> Path:
    """Return the page that the site begins with in one language."""
    return site(root) / lang / HOME


def of_table(name: str) -> str:
    """Return the address of the page of a table."""
    return f"{name}.html"


def of_notebook(step: str) -> str:
    """Return the address of the page of a notebook."""
    return f"notebooks/{step}.html"


def of_raw(stem: str) -> str:
    """Return the address of the page of a raw file."""
    return f"raw/{stem}.html"


def of_rows(stem: str, rows: str) -> str:
    """Return the address of a raw row, or of a range of them such as ``2-5``."""
    return f"{of_raw(stem)}#row{'s' if '-' in rows else ''}-{rows}"


def of_number(key: str) -> str:
    """Return the address of a result."""
    return f"{RESULTS}#{key}"


def of_cell(table: str, row: object, column: str) -> str:
    """Return the address of a cell of a table."""
    return f"{of_table(table)}#{anchor(row, column)}"


def anchor(*parts: object) -> str:
    """Return the anchor of what is identified by its parts."""
    return MARKED.sub("-", "-".join(map(str, parts)))


def pages(city: City, steps: Iterable[str]) -> list[str]:
    """Return the addresses of every page of a city; `steps` are its notebooks."""
    return [
        *SECTIONS.values(),
        DICTIONARY,
        *(of_table(entry.name) for entry in entries(city)),
        *map(of_notebook, steps),
        *(of_raw(stem) for stem, _ in raw_files(city)),
    ]


def files(city: City, steps: Iterable[str]) -> Iterator[Path]:
    """Yield every file of a city's part of the site; in a language that is not its own, one page."""
    tables = [f"{entry.name}.{suffix}" for entry in entries(city) for suffix in ("csv", "xlsx")]
    raw = [f"raw/{path.name}" for _, path in raw_files(city)]
    every, spoken = (*pages(city, steps), *DOCUMENTS, *tables, *raw, SEARCHED), languages(city)
    for lang in LANGUAGES:
        for name in every if lang in spoken else (HOME,):
            yield home(city, lang) / name


def start_files(root: Path, shared: Iterable[Path]) -> list[Path]:
    """Return the files of the site that belong to no city; `shared` are pages that are taken over."""
    return [
        site(root) / HOME,
        *(start(root, lang) for lang in LANGUAGES),
        *(site(root) / "assets" / name for name in (*ASSETS, *FONTS)),
        *(site(root) / place for path in shared for place in (taken_over(path), beside(path))),
    ]


def beside(page: Path) -> str:
    """Return the address of the table that a page about several cities is drawn from."""
    return f"{page.name.split('.')[1]}/{COMPARED}"


def fonts(root: Path) -> list[Path]:
    """Return the files of the type, beside the style of the papers."""
    return [root / "paper" / "templates" / name for name in FONTS]


def taken_over(page: Path) -> str:
    """Return the address of a page about several cities: ``compare.en.html`` becomes ``en/compare.html``."""
    stem, lang, suffix = page.name.split(".")
    return f"{lang}/{stem}.{suffix}"


def raw_files(city: City) -> list[tuple[str, Path]]:
    """Return name and path of every raw file that the descriptors list: of the framework, and of the city."""
    framework = [(one["name"], city.framework / one["path"]) for one in cities.resources(city.framework)]
    return [*framework, *((one["name"], city.raw / one["path"]) for one in city.resources)]
