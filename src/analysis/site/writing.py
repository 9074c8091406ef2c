"""Write a city's part of the site: every page in its languages, and all that they lead to."""

import shutil
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis.display.display_table import city_name
from analysis.language.labels import LANGUAGES, text
from analysis.project.atomic import write_bytes, write_json, write_text
from analysis.project.cities import City
from analysis.project.inert_csv import inert
from analysis.raw_data.languages import only
from analysis.reporting.pages import within_page
from analysis.site import (
    addresses,
    frame,
    notebook_pages,
    overview,
    paper_page,
    raw_pages,
    result_page,
    searching,
    sheet_page,
    study,
    table_pages,
)
from analysis.site.study import Study, step_title
from analysis.table_list.entries import BY_NAME


def write_city(
    city: City, *, notebooks: Mapping[str, Mapping[str, Path]], graph: Mapping[str, bytes], epoch: int
) -> None:
    """Write the pages of a city, what can be downloaded from them, and what it says of itself.

    Parameters
    ----------
    notebooks : mapping
        The executed notebooks by language and name, in their order.
    graph : mapping of str to bytes
        The drawing of its steps as SVG, by language.
    """
    studies = []
    for lang in notebooks:
        shown = study.load(city, lang, tuple(notebooks[lang]), epoch)
        pages = _Pages(shown, notebooks[lang], graph[lang])
        home, scratch = addresses.home(city, lang), addresses.home(city, lang).with_name(f".{city.name}.part")
        shutil.rmtree(scratch, ignore_errors=True)
        for name, content in pages.files():
            write_bytes(scratch / name, content)
        shutil.rmtree(home, ignore_errors=True)
        scratch.replace(home)
        studies.append(shown)
    for lang in LANGUAGES:
        if lang not in notebooks:
            _write_absent(studies[0], lang)
    write_json(addresses.card(city), overview.card(studies))


def _write_absent(study: Study, lang: str) -> None:
    """Write the one page of a city in a language that is not its own: where its pages are."""
    home = addresses.home(study.city, lang)
    name, spoken = city_name(study.package, lang), study.package.languages
    place = {"code": study.city.name, "name": name, "languages": spoken}
    html = frame.render(
        "absent.html",
        **frame.frame(addresses.HOME, lang, "", place),
        title=name,
        said=only(name, spoken, lang),
        other=study.lang,
        link=text("languages.pages", lang, language=text(f"languages.{study.lang}", lang)),
    )
    shutil.rmtree(home, ignore_errors=True)
    write_text(home / addresses.HOME, html)


class _Pages:
    """The pages of a city in one language."""

    def __init__(self, shown: Study, notebooks: Mapping[str, Path], graph: bytes) -> None:
        self.study, self.notebooks, self.graph = shown, notebooks, graph

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every file by its address."""
        titles = []
        for address, title, html in self._pages():
            titles.append((title, address))
            yield address, html.encode()
        yield from self._downloads()
        values = ((one["key"], one["value"]) for group in self._results for one in group["items"])
        yield addresses.SEARCHED, searching.index(self.study, titles, values).encode()

    def _pages(self) -> Iterator[tuple[str, str, str]]:
        shown, tables = overview.overview(self.study), table_pages.listed(self.study)
        yield self._page(addresses.HOME, "overview", "overview.html", **shown, tables=tables)
        yield from self._of_tables(tables)
        yield self._page(addresses.RESULTS, "results", "results.html", groups=self._results)
        yield from self._of_raw()
        yield from self._of_notebooks()
        report = self.study.city.build / f"ledger.{self.study.lang}.html"
        values = ((one["key"], one["value"]) for group in self._results for one in group["items"])
        printed = {key: value for key, value in values if key in self._printed}
        written = (self.study.city.root / "paper" / self.study.lang).glob("*.qmd")
        source = "\n".join(path.read_text("utf-8") for path in sorted(written))
        yield addresses.PAPER, self._title("paper"), paper_page.page(self.study, self._article, source)
        sheet = sheet_page.page(self.study, report.read_text("utf-8"), printed)
        yield addresses.SHEET, self._title("checks"), sheet
        yield self._page(
            addresses.GRAPH,
            "graph",
            "graph.html",
            drawing=Markup(within_page(self.graph)),  # noqa: S704 - our drawing
            notebooks=self._listed_notebooks(),
        )

    def _title(self, section: str) -> str:
        return text(f"site.title.{section}", self.study.lang, city=self.study.name)

    def _page(
        self, address: str, section: str, template: str, title: str = "", **shown: Any
    ) -> tuple[str, str, str]:
        title = title or self._title(section)
        framed = self.study.frame(address, section)
        html = frame.render(template, **framed, title=title, **shown)
        return address, title, html

    def _of_tables(self, listed: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
        yield self._page(addresses.TABLES, "tables", "tables.html", tables=listed)
        synthetic = text("ledger.synthetic", self.study.lang) if self.study.package.is_synthetic else ""
        for one in listed:
            table = table_pages.table(self.study, one["name"])
            yield self._page(
                one["href"], "tables", "table.html", title=one["heading"], table=table, synthetic=synthetic
            )

    def _of_raw(self) -> Iterator[tuple[str, str, str]]:
        listed = raw_pages.listed(self.study)
        yield self._page(addresses.RAW, "raw", "raw_index.html", files=listed)
        for one in listed:
            shown = raw_pages.rows(self.study, one["name"])
            title = f"{one['title']} ({one['file']})"
            yield self._page(one["href"], "raw", "raw.html", title=title, file=one, **shown)
        dictionary = raw_pages.dictionary(self.study)
        title = self._title("dictionary")
        yield self._page(addresses.DICTIONARY, "raw", "dictionary.html", title=title, files=dictionary)

    def _of_notebooks(self) -> Iterator[tuple[str, str, str]]:
        listed = self._listed_notebooks("")
        yield self._page(addresses.NOTEBOOKS, "notebooks", "notebooks.html", notebooks=listed)
        boxes = self.study.words("code_box"), self.study.words("output_box")
        for n, one in enumerate(listed):
            yield self._page(
                addresses.of_notebook(one["name"]),
                "notebooks",
                "notebook.html",
                title=one["label"],
                body=Markup(  # noqa: S704 - our notebooks
                    notebook_pages.body(
                        self.notebooks[one["name"]], self.study.lang, *boxes, set(self.notebooks)
                    )
                ),
                before=listed[n - 1] if n else None,
                after=listed[n + 1] if n + 1 < len(listed) else None,
                leads=[
                    (addresses.of_table(name), self.study.title(name))
                    for name in self.study.processed.tables
                    if BY_NAME[name].step == one["name"]
                ],
            )

    def _listed_notebooks(self, folder: str = "notebooks/") -> list[dict[str, str]]:
        return [
            {"name": name, "label": step_title(name, self.study.lang), "href": f"{folder}{name}.html"}
            for name in self.notebooks
        ]

    def _downloads(self) -> Iterator[tuple[str, bytes]]:
        city, lang = self.study.city, self.study.lang
        copied = {
            "paper.pdf": city.papers / f"article.{lang}.pdf",
            "paper.docx": city.papers / f"article.{lang}.docx",
            "checks.pdf": city.build / f"ledger.{lang}.pdf",
            "certificate.pdf": city.build / "certificate.pdf",
            "checks.csv": city.processed / "ledger.csv",
            "results.json": city.processed / "results.json",
        }
        copied |= {f"raw/{path.name}": path for _, path in addresses.raw_files(city)}
        for name, path in copied.items():
            is_ours = name.endswith(".csv") and not name.startswith("raw/")
            yield name, inert(path.read_bytes()) if is_ours else path.read_bytes()
        for name in self.study.processed.tables:
            yield from table_pages.downloads(self.study, name).items()

    @cached_property
    def _article(self) -> str:
        return (self.study.city.papers / f"article.{self.study.lang}.html").read_text("utf-8")

    @cached_property
    def _printed(self) -> dict[str, str]:
        return paper_page.printed(self._article)

    @cached_property
    def _results(self) -> list[dict[str, Any]]:
        return result_page.groups(self.study, self._printed)
