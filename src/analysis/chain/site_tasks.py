"""The tasks of the site: notebooks in the other language, a city's pages, and the first pages."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from analysis.chain import actions
from analysis.chain.city_build import CityBuild, task
from analysis.chain.code_files import PACKAGE
from analysis.chain.dependencies import NOTEBOOK_LIBRARIES, SITE_LIBRARIES, code, contents, modules, versions
from analysis.chain.steps import Step
from analysis.site import addresses
from analysis.table_list.entries import BY_NAME, entries
from analysis.tasks.staleness import Standing

SITE = "site"
PAGE = "page."
"""Before the name of a step that is run once more, in the other language."""
TEMPLATES = (PACKAGE / "site/templates", PACKAGE / "reporting/templates")


def tasks(build: CityBuild, before: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the tasks of a city's part of the site, after all that it shows: the tasks `before` it."""
    for step in build.steps:
        for lang in build.languages:
            if lang != build.notebooks_in:
                yield _page_task(build, step, lang)
    yield _site_task(build, before)


def _executed(build: CityBuild, step: Step, lang: str) -> Path:
    """Return where a notebook lies that was executed in a language."""
    folder = build.city.build / "notebooks"
    return (folder if lang == build.notebooks_in else folder / lang) / f"{step.name}.ipynb"


def _page_task(build: CityBuild, step: Step, lang: str) -> dict[str, Any]:
    city = build.city
    notebook = city.root / "notebooks" / f"{step.name}.ipynb"
    used = [build.resources[name] for name in step.raw if name in build.resources]
    return task(
        city.root,
        f"{PAGE}{step.name}",
        partial(actions.run_again, city, step, notebook, lang, _executed(build, step, lang), build.kernels),
        inputs=[
            notebook,
            *(path for path, _ in used),
            *(city.processed / name for name in (*step.reads, *step.processed)),
        ],
        targets=[_executed(build, step, lang)],
        config={
            "code": code(
                notebook,
                PACKAGE / "execution/notebooks.py",
                PACKAGE / "chain/preload.py",
                *modules([BY_NAME[name] for name in step.tables], "display"),
            ),
            "lang": lang,
            "city": city.descriptor["city"],
            "resources": [{**resource, "hash": None} for _, resource in used],
            "versions": versions(NOTEBOOK_LIBRARIES),
        },
    )


def _site_task(build: CityBuild, before: list[dict[str, Any]]) -> dict[str, Any]:
    city = build.city
    steps = tuple(step.name for step in build.steps)
    notebooks = {
        lang: {step.name: _executed(build, step, lang) for step in build.steps} for lang in build.languages
    }
    drawn = [_done(one) for one in before]
    site = task(
        city.root,
        SITE,
        partial(actions.write_site, city, build.kernels, build.epoch, notebooks, drawn),
        inputs=[
            *build.raw_files,
            *(city.processed / name for step in build.steps for name in step.processed),
            *(city.figures / name for step in build.steps for name in step.drawn if name.endswith(".svg")),
            *(path for by_step in notebooks.values() for path in by_step.values()),
            *reports(build),
            *papers(build),
            *sources(build),
        ],
        targets=[*addresses.files(city, steps), addresses.card(city)],
        config={
            "code": code(
                PACKAGE / "site/writing.py",
                PACKAGE / "chain/task_graph.py",
                *modules(entries(city), "display"),
            ),
            "templates": {name: one for folder in TEMPLATES for name, one in contents(folder).items()},
            "epoch": build.epoch,
            "lang": build.notebooks_in,
            "versions": versions(SITE_LIBRARIES),
        },
    )
    drawn.append(_done(site))
    return site


def _done(made: dict[str, Any]) -> Standing:
    """Return how a task stands once its city is built."""
    return Standing(made["basename"], tuple(made["file_dep"]), tuple(made["targets"]), (), {})


def reports(build: CityBuild) -> list[Path]:
    """Return what is written about a city's audit, and shown by the site."""
    folder = build.city.build
    pages = [folder / f"ledger.{lang}.{suffix}" for lang in build.languages for suffix in ("html", "pdf")]
    return [*pages, folder / "certificate.pdf"]


def papers(build: CityBuild) -> list[Path]:
    """Return the rendered papers of a city."""
    suffixes = ("html", "pdf", "docx")
    return [build.city.papers / f"article.{lang}.{suffix}" for lang in build.languages for suffix in suffixes]


def sources(build: CityBuild) -> list[Path]:
    """Return the texts of the papers, which name the figures."""
    folder = build.city.root / "paper"
    return [path for lang in build.languages for path in sorted((folder / lang).glob("*.qmd"))]


def start_task(root: Path, cards: list[Path], shared: list[Path]) -> dict[str, Any]:
    """Return the task of the pages that the site begins with.

    Parameters
    ----------
    root : Path
        The project.
    cards : list of Path
        What each city with pages says of itself.
    shared : list of Path
        Pages about several cities, which are taken over.
    """
    tables = sorted({page.with_name(addresses.COMPARED) for page in shared})
    return task(
        root,
        "start",
        partial(actions.write_start, root, cards, shared),
        inputs=[*cards, *shared, *tables, *addresses.fonts(root)],
        targets=addresses.start_files(root, shared),
        config={
            "code": code(PACKAGE / "site/start_pages.py"),
            "templates": {name: one for folder in TEMPLATES for name, one in contents(folder).items()},
            "versions": versions(SITE_LIBRARIES),
        },
        after=[],
    )
