"""The tasks of the site: a city's pages, and the pages that the site begins with."""

from functools import partial
from pathlib import Path
from typing import Any

from analysis.chain import actions
from analysis.chain.city_build import CityBuild, task
from analysis.chain.code_files import PACKAGE
from analysis.chain.dependencies import SITE_LIBRARIES, code, contents, modules, versions
from analysis.site import addresses
from analysis.table_list.entries import entries
from analysis.tasks.staleness import Standing

TEMPLATES = (PACKAGE / "site/templates", PACKAGE / "reporting/templates")


def site_task(build: CityBuild, before: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the task of a city's part of the site, which shows the tasks `before` it."""
    city, languages = build.city, build.languages
    notebooks = {lang: {step.name: build.executed(step, lang) for step in build.steps} for lang in languages}
    texts = [path for lang in languages for path in sorted((city.root / "paper" / lang).glob("*.qmd"))]
    drawn = [_done(one) for one in before]
    site = task(
        city.root,
        "site",
        partial(
            actions.in_child,
            build.options.kernels,
            actions.write_site,
            *(city, build.epoch, notebooks, drawn),
        ),
        inputs=[
            *build.raw_files,
            *(city.processed / name for step in build.steps for name in step.processed),
            *(city.figures / name for step in build.steps for name in step.drawn if name.endswith(".svg")),
            *(path for by_step in notebooks.values() for path in by_step.values()),
            *build.reports,
            *(path for lang in languages for path in build.papers(lang)),
            *texts,  # which name the figures
        ],
        targets=[*addresses.files(city, tuple(step.name for step in build.steps)), addresses.card(city)],
        config={
            "code": code(
                PACKAGE / "site/writing.py",
                PACKAGE / "chain/task_graph.py",
                *modules(entries(city), "display"),
            ),
            "templates": _templates(),
            "epoch": build.epoch,
            "lang": build.first,
            "versions": versions(SITE_LIBRARIES),
        },
    )
    drawn.append(_done(site))
    return site


def _done(made: dict[str, Any]) -> Standing:
    """Return how a task stands once its city is built."""
    return Standing(made["basename"], tuple(made["file_dep"]), tuple(made["targets"]), (), {})


def start_task(root: Path, cards: list[Path], shared: list[Path]) -> dict[str, Any]:
    """Return the task of the pages that the site of a project begins with.

    `cards` are what each city with pages says of itself, `shared` pages about several cities, which are
    taken over.
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
            "templates": _templates(),
            "versions": versions(SITE_LIBRARIES),
        },
        after=(),
    )


def _templates() -> dict[str, str | None]:
    return {name: one for folder in TEMPLATES for name, one in contents(folder).items()}
