"""The task graph of a city: from raw files through notebooks to papers, doing only what is not up to date."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from analysis.chain.code_files import PACKAGE, files_used_by
from analysis.language.labels import LANGUAGES
from analysis.project import cities
from analysis.project.cities import City
from analysis.project.provenance import epoch
from analysis.table_list.steps import Step, steps
from analysis.tasks.fingerprints import Unchanged, digest
from analysis.tasks.running import Watcher, run

CHECK_LIBRARIES = ("babel", "frictionless", "networkx", "numpy", "pandas", "pyyaml", "rapidfuzz")
NOTEBOOK_LIBRARIES = (*CHECK_LIBRARIES, "matplotlib", "seaborn", "krippendorff")
PAPER_LIBRARIES = ("pandas", "babel", "pypandoc-binary", "typst")
REPORT_LIBRARIES = (
    *NOTEBOOK_LIBRARIES,
    *PAPER_LIBRARIES,
    *("jinja2", "papermill", "smart-government-compendium"),
)
PAPER_FILES = ("framework", "applications")
"""Raw files that the papers take labels and dates from, besides what is rebuilt."""
LATER = ("analysis.execution.notebooks", "analysis.publishing.papers", "analysis.reporting.report")
"""Modules that the steps after the check need."""
PAPER_FORMATS = ("html", "pdf", "docx")
TEMPLATES = PACKAGE / "reporting/templates"
REPORTS = ("ledger.id.html", "ledger.en.html", "ledger.id.pdf", "ledger.en.pdf", "certificate.pdf")

Resources = dict[str, tuple[Path, dict[str, Any]]]
"""Path and description of every raw file by name."""


class BusyError(RuntimeError):
    """Another build of the same city is running."""


class MissingOutputError(RuntimeError):
    """A notebook ended without leaving every file it promises, or left it empty."""

    def __init__(self, step: str, names: list[str]) -> None:
        self.step, self.names = step, names
        super().__init__(f"{step}.ipynb: hasil tidak ada / results missing: {', '.join(names)}")


def build(
    city: str,
    watcher: Watcher,
    *,
    lang: str = "id",
    renderer: str = "auto",
    jobs: int = 0,
    only: str = "",
    kernels: str = "auto",
) -> None:
    """Bring everything that is made from a city's raw package up to date.

    Parameters
    ----------
    city : str
        Name of a folder below ``data/raw``.
    watcher : Watcher
        Is told what happens.
    lang : {"id", "en"}
        Language of the executed notebooks; tables, figures and papers come in both.
    renderer : {"auto", "quarto", "embedded"}
        What renders the papers.
    jobs : int
        Tasks at once; 0 for one a core.
    only : str
        A task that is brought up to date with what it needs; "" for all tasks.
    kernels : {"auto", "fork", "spawn"}
        How the notebooks' kernels are started (`kernels.forking.choose`).

    Raises
    ------
    UnknownCityError
        When `city` has no raw package.
    BusyError
        When another build of it is running.
    BuildError
        When tasks failed; their outputs stay as they were, and what does not need them was made.
    """
    folders = cities.find(city)
    folders.build.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folders.build / ".lock", timeout=0):
            planned = list(tasks(folders, lang, renderer, kernels))
            run(planned, folders, watcher, jobs or os.cpu_count() or 1, [only] if only else [])
    except Timeout as error:
        raise BusyError(city) from error


def tasks(city: City, lang: str, renderer: str, kernels: str = "auto") -> Iterator[dict[str, Any]]:
    """Yield the doit tasks of a city: the check of its raw package, its notebooks, its papers."""
    descriptors = [city.framework / "datapackage.yaml", city.raw / "datapackage.yaml"]
    now = epoch(city.root)
    resources: Resources = {
        resource["name"]: (folder / resource["path"], resource)
        for folder, listed in (
            (city.framework, cities.resources(city.framework)),
            (city.raw, city.resources),
        )
        for resource in listed
    }
    validation = PACKAGE / "checking/validation.py"
    yield _task(
        city.root,
        "check",
        lambda: _check(city.name, kernels),
        inputs=[*descriptors, *(path for path, _ in resources.values())],
        config={"code": _code(validation), "versions": _versions(CHECK_LIBRARIES)},
    )
    planned = steps(city)
    # What no other step reads comes last: it fills the cores that the chain leaves idle.
    for step in sorted(planned, key=lambda step: not step.processed):
        notebook = city.root / "notebooks" / f"{step.name}.ipynb"
        used = [resources[name] for name in step.raw if name in resources]
        yield _task(
            city.root,
            step.name,
            partial(_run_notebook, city, step, notebook, lang, kernels),
            inputs=[
                notebook,
                *(path for path, _ in used),
                *(city.processed / name for name in step.reads),
            ],
            targets=[
                *(city.processed / name for name in step.processed),
                *(city.figures / name for name in step.drawn),
                city.build / "notebooks" / f"{step.name}.ipynb",
            ],
            config={
                "code": _code(notebook, PACKAGE / "execution/notebooks.py"),
                "lang": lang,
                "city": city.descriptor["city"],
                "resources": [{**resource, "hash": None} for _, resource in used],
                "versions": _versions(NOTEBOOK_LIBRARIES),
            },
            after=["check"],
        )
    yield _task(
        city.root,
        "report",
        partial(_report, city),
        inputs=[
            *descriptors,
            *(path for path, _ in resources.values()),
            city.processed / "ledger.json",
            *(city.figures / f"bounds.{language}.svg" for language in LANGUAGES),
        ],
        targets=[city.build / name for name in REPORTS],
        config={
            "code": _code(PACKAGE / "reporting/report.py"),
            "templates": {path.name: digest(path) for path in sorted(TEMPLATES.iterdir())},
            "epoch": now,
            "versions": _versions(REPORT_LIBRARIES),
        },
        after=["check"],
    )
    for paper_lang in LANGUAGES:
        yield _paper_task(city, planned, resources, paper_lang, renderer, now)


def _paper_task(
    city: City, planned: list[Step], resources: Resources, lang: str, renderer: str, now: int
) -> dict[str, Any]:
    sources = city.root / "paper"
    own = sources / "cities" / city.name
    figure_end = (f".{lang}.svg", f".{lang}.png")
    return _task(
        city.root,
        f"paper.{lang}",
        lambda: _make_paper(city, lang, renderer),
        inputs=[
            sources / f"article.{lang}.qmd",
            sources / "_quarto.yml",
            sources / "references.bib",
            *sorted((sources / "templates").iterdir()),
            *sorted(own.glob(f"*.{lang}.md")),
            *sorted(own.glob("metadata.yml")),
            *(resources[name][0] for name in PAPER_FILES if name in resources),
            *(city.processed / f"{name}.csv" for step in planned for name in step.tables),
            city.processed / "results.json",
            city.processed / "ledger.json",
            *(city.figures / name for step in planned for name in step.drawn if name.endswith(figure_end)),
        ],
        targets=[city.papers / f"article.{lang}.{suffix}" for suffix in PAPER_FORMATS],
        config={
            "code": _code(PACKAGE / "publishing/papers.py"),
            "renderer": settled_renderer(renderer),
            "epoch": now,
            "city": city.descriptor["city"],
            "parts": sorted(city.parts),
            "licences": city.descriptor.get("licenses"),
            "sources": {name: resource.get("sources") for name, (_, resource) in resources.items()},
            "versions": _versions(PAPER_LIBRARIES),
        },
        after=["check"],
    )


def _task(
    root: Path,
    name: str,
    action: Callable[[], None],
    *,
    inputs: list[Path],
    config: dict[str, Any],
    targets: list[Path] | None = None,
    after: list[str] | None = None,
) -> dict[str, Any]:
    targets = targets or []
    return {
        "basename": name,
        "actions": [action],
        "file_dep": [path.relative_to(root).as_posix() for path in inputs],
        "targets": [path.relative_to(root).as_posix() for path in targets],
        "task_dep": after or [],
        "uptodate": [Unchanged(root, config, targets)],
        "io": {"capture": False},
    }


def _code(*sources: Path) -> dict[str, str | None]:
    """Return the digests of the package's files that `sources` are or use, by name.

    They are told by their place in the package, so that a checkout that was moved is still up to date.
    """
    own = [path for path in sources if path.is_relative_to(PACKAGE)]
    return {path.relative_to(PACKAGE).as_posix(): digest(path) for path in (*own, *files_used_by(*sources))}


def _versions(libraries: tuple[str, ...]) -> dict[str, str]:
    return {"python": platform.python_version(), **{name: _version(name) for name in libraries}}


_version = cache(version)


def settled_renderer(asked: str) -> str:
    """Return what "auto" stands for here, any other name as it is."""
    if asked == "auto":
        return "quarto" if shutil.which("quarto") else "embedded"
    return asked


def _check(city: str, kernels: str) -> None:
    from analysis.execution.forking import warm  # noqa: PLC0415 - needed only when stale

    warm(kernels)  # It imports while the package is checked.
    from analysis.checking.validation import require_valid  # noqa: PLC0415 - takes a second, needed only when stale

    require_valid(city)
    for name in LATER:  # It still imports, for a second.
        import_module(name)


def _run_notebook(city: City, step: Step, notebook: Path, lang: str, kernels: str) -> None:
    """Execute a notebook, and publish its results once all of them are there."""
    from analysis.execution.notebooks import execute  # noqa: PLC0415 - takes two seconds, needed only when stale
    from analysis.raw_data import lean_jsonschema  # noqa: F401, PLC0415

    work = city.build / "work" / step.name
    shutil.rmtree(work, ignore_errors=True)
    executed = work / notebook.name
    execute(notebook, {"city": city.name, "lang": lang}, work, executed, kernels)
    moves = {
        **{work / "processed" / name: city.processed / name for name in step.processed},
        **{work / "figures" / name: city.figures / name for name in step.drawn},
        executed: city.build / "notebooks" / notebook.name,
    }
    missing = [made.name for made in moves if not made.is_file() or not made.stat().st_size]
    if missing:
        raise MissingOutputError(step.name, missing)
    for made, target in moves.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        made.replace(target)
    shutil.rmtree(work)


def _report(city: City) -> None:
    from analysis.reporting.report import write_reports  # noqa: PLC0415 - takes a second, needed only when stale

    write_reports(city.name)


def _make_paper(city: City, lang: str, renderer: str) -> None:
    from analysis.publishing import papers  # noqa: PLC0415 - takes a second, needed only when stale

    papers.make(city, lang, renderer=renderer)
