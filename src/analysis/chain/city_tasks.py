"""The tasks of a city: the check of its raw package, its notebooks, its reports, its papers, its pages."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from analysis.chain import actions, site_tasks
from analysis.chain.city_build import USUAL, BuildOptions, CityBuild, task
from analysis.chain.code_files import PACKAGE
from analysis.chain.dependencies import (
    CHECK_LIBRARIES,
    NOTEBOOK_LIBRARIES,
    PAPER_LIBRARIES,
    REPORT_LIBRARIES,
    code,
    contents,
    modules,
    versions,
)
from analysis.chain.steps import FIGURE_FORMATS, LEDGER, Step
from analysis.project import paper_sources
from analysis.project.cities import City
from analysis.publishing import renderers
from analysis.table_list.entries import BY_NAME, TABLES, entries
from analysis.tasks.fingerprints import digest

FIGURES = "figures."
"""Before the name of a step whose figures are drawn."""
AGAIN = "page."
"""Before the name of a step that is run once more, in another language, for the pages."""
PAPER_FILES = ("framework", "applications")
"""Raw files that the papers take labels and dates from, besides what is rebuilt."""
TEMPLATES = PACKAGE / "reporting/templates"


def tasks(city: City, options: BuildOptions = USUAL) -> Iterator[dict[str, Any]]:
    """Yield the tasks of a city, as doit takes them."""
    build = CityBuild(city, options)
    # What no other step reads comes last: it fills the cores that the chain leaves idle.
    ordered = sorted(build.steps, key=lambda step: not step.processed)
    planned = [
        _check_task(build),
        *(_notebook_task(build, step) for step in ordered),
        *(_figures_task(build, step) for step in build.steps if step.drawn),
        _report_task(build),
        *(_paper_task(build, lang) for lang in build.languages),
    ]
    yield from planned
    if options.site:
        others = [lang for lang in build.languages if lang != build.first]
        yield from (_task_again(build, step, lang) for step in build.steps for lang in others)
        yield site_tasks.site_task(build, planned)


def selected(planned: list[dict[str, Any]], only: str) -> list[str]:
    """Return a task, and those that draw the figures of it and of all that it follows from."""
    makers = {target: task["basename"] for task in planned for target in task["targets"]}
    needs = {task["basename"]: {makers.get(file) for file in task["file_dep"]} for task in planned}
    found, waiting = set(), {only}
    while waiting:
        found |= waiting
        waiting = {name for needed in waiting for name in needs.get(needed, ()) if name} - found
    return [only, *(f"{FIGURES}{name}" for name in found if f"{FIGURES}{name}" in needs)]


def _check_task(build: CityBuild) -> dict[str, Any]:
    return task(
        build.city.root,
        "check",
        partial(actions.check, build.city.name, build.options.kernels),
        inputs=build.raw_files,
        config={
            "code": code(PACKAGE / "checking/validation.py", *modules(TABLES, "builder")),
            "versions": versions(CHECK_LIBRARIES),
        },
        after=(),
    )


def _notebook_task(build: CityBuild, step: Step) -> dict[str, Any]:
    city, notebook = build.city, _notebook(build, step)
    return task(
        city.root,
        step.name,
        partial(actions.run_notebook, city, step, notebook, build.first, build.options.kernels),
        inputs=[notebook, *_read(build, step)],
        targets=[
            *(city.processed / name for name in step.processed),
            build.executed(step, build.first),
        ],
        config=_notebook_config(build, step) | {"lang": build.first},
    )


def _figures_task(build: CityBuild, step: Step) -> dict[str, Any]:
    city, notebook = build.city, _notebook(build, step)
    return task(
        city.root,
        f"{FIGURES}{step.name}",
        partial(actions.draw, city, step, notebook, build.first, build.options.kernels),
        inputs=[notebook, *_read(build, step)],
        targets=[city.figures / name for name in step.drawn],
        config=_notebook_config(build, step),
        after=(step.name,),
    )


def _task_again(build: CityBuild, step: Step, lang: str) -> dict[str, Any]:
    city, notebook, executed = build.city, _notebook(build, step), build.executed(step, lang)
    return task(
        city.root,
        f"{AGAIN}{step.name}",
        partial(actions.run_again, city, step, notebook, lang, executed, build.options.kernels),
        inputs=[notebook, *_read(build, step), *(city.processed / name for name in step.processed)],
        targets=[executed],
        config=_notebook_config(build, step) | {"lang": lang},
    )


def _notebook(build: CityBuild, step: Step) -> Path:
    return build.city.root / "notebooks" / f"{step.name}.ipynb"


def _read(build: CityBuild, step: Step) -> list[Path]:
    """Return what a notebook reads."""
    raw = [build.resources[name][0] for name in step.raw if name in build.resources]
    return [*raw, *(build.city.processed / name for name in step.reads)]


def _notebook_config(build: CityBuild, step: Step) -> dict[str, Any]:
    return {
        "code": code(
            _notebook(build, step),
            PACKAGE / "execution/notebooks.py",
            PACKAGE / "chain/preload.py",
            *modules([BY_NAME[name] for name in step.tables], "display"),
        ),
        "city": build.city.descriptor["city"],
        "resources": [
            {**build.resources[name][1], "hash": None} for name in step.raw if name in build.resources
        ],
        "versions": versions(NOTEBOOK_LIBRARIES),
    }


def _report_task(build: CityBuild) -> dict[str, Any]:
    city = build.city
    figures = [city.figures / f"{name}.{lang}.svg" for name in LEDGER.figures for lang in build.languages]
    return task(
        city.root,
        "report",
        partial(actions.in_child, build.options.kernels, actions.write_reports, city.name),
        inputs=[
            *build.raw_files,
            city.processed / "ledger.json",
            *figures,
            *paper_sources.citation(city.root),
        ],
        targets=build.reports,
        config={
            "code": code(PACKAGE / "reporting/report.py"),
            "templates": contents(TEMPLATES),
            "epoch": build.epoch,
            "licences": city.descriptor.get("licenses"),
            "publication": city.descriptor.get("publication"),
            "rebuilt": digest(str(city.rebuilt)),
            "quarto": renderers.quarto_version(),
            "versions": versions(REPORT_LIBRARIES),
        },
    )


def _paper_task(build: CityBuild, lang: str) -> dict[str, Any]:
    city, renderer = build.city, build.options.renderer
    return task(
        city.root,
        f"paper.{lang}",
        partial(actions.in_child, build.options.kernels, actions.make_paper, city, lang, renderer),
        inputs=[
            *paper_sources.project(city, lang),
            *paper_sources.shared(city.root),
            *paper_sources.own(city, lang),
            *paper_sources.heads(city, lang),
            *_paper_results(build, lang),
        ],
        targets=build.papers(lang),
        config={
            "code": code(PACKAGE / "publishing/papers.py", *modules(entries(city), "display")),
            "renderer": renderers.settled(renderer),
            "epoch": build.epoch,
            "city": city.descriptor["city"],
            "parts": sorted(city.parts),
            "licences": city.descriptor.get("licenses"),
            "publication": city.descriptor.get("publication"),
            "sources": {name: resource.get("sources") for name, (_, resource) in build.resources.items()},
            "versions": versions(PAPER_LIBRARIES),
        },
    )


def _paper_results(build: CityBuild, lang: str) -> list[Path]:
    """Return what a paper reports."""
    city, ends = build.city, tuple(f".{lang}.{suffix}" for suffix in FIGURE_FORMATS)
    return [
        *(build.resources[name][0] for name in PAPER_FILES if name in build.resources),
        *(city.processed / f"{name}.csv" for step in build.steps for name in step.tables),
        city.processed / "results.json",
        city.processed / "ledger.json",
        *(city.figures / name for step in build.steps for name in step.drawn if name.endswith(ends)),
    ]
