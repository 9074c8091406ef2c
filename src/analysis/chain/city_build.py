"""A city, how it is to be built, and how doit takes a task of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.chain.steps import Step, steps
from analysis.project import cities
from analysis.project.cities import City
from analysis.project.provenance import epoch
from analysis.raw_data.languages import languages
from analysis.tasks.fingerprints import Unchanged

PAPER_FORMATS = ("html", "pdf", "docx")


@dataclass(frozen=True, kw_only=True)
class BuildOptions:
    """How a city is built."""

    lang: str = "id"
    """Language that notebooks are executed in first: ``id``, ``en``; all is made in each of the city's."""
    renderer: str = "auto"
    """What renders the papers: ``auto``, ``quarto``, ``embedded``."""
    jobs: int = 0
    """Tasks at once; 0 for one per core."""
    only: str = ""
    """A task that is brought up to date with what it needs; "" for all tasks."""
    kernels: str = "auto"
    """How the notebooks' kernels are started (`execution.forking.choose`): ``auto``, ``fork``, ``spawn``."""
    site: bool = True
    """Whether the pages of the site are made, too."""


USUAL = BuildOptions()


@dataclass(frozen=True)
class CityBuild:
    """A city whose descriptor can be read, and what a build of it is made from."""

    city: City
    options: BuildOptions

    @cached_property
    def resources(self) -> dict[str, tuple[Path, dict[str, Any]]]:
        """Path and description of every raw file by name."""
        city = self.city
        listed = ((city.framework, cities.resources(city.framework)), (city.raw, city.resources))
        return {one["name"]: (folder / one["path"], one) for folder, found in listed for one in found}

    @cached_property
    def raw_files(self) -> list[Path]:
        """Every raw file, and the descriptors before them."""
        descriptors = [folder / "datapackage.yaml" for folder in (self.city.framework, self.city.raw)]
        return [*descriptors, *(path for path, _ in self.resources.values())]

    @cached_property
    def steps(self) -> list[Step]:
        """The notebooks that the raw files allow."""
        return steps(self.city)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that its papers and pages are made in."""
        return languages(self.city)

    @property
    def first(self) -> str:
        """The language that its notebooks are executed in first: the one asked for, if it is the city's."""
        return self.options.lang if self.options.lang in self.languages else self.languages[0]

    @cached_property
    def epoch(self) -> int:
        """The date that pages and papers carry."""
        return epoch(self.city.root)

    def executed(self, step: Step, lang: str) -> Path:
        """Return where a notebook lies that was executed in a language."""
        folder = self.city.build / "notebooks"
        return (folder if lang == self.first else folder / lang) / f"{step.name}.ipynb"

    @property
    def reports(self) -> list[Path]:
        """What is written about the audit."""
        folder = self.city.build
        pages = [folder / f"ledger.{lang}.{suffix}" for lang in self.languages for suffix in ("html", "pdf")]
        return [*pages, folder / "certificate.pdf"]

    def papers(self, lang: str) -> list[Path]:
        """Return the rendered papers in a language."""
        return [self.city.papers / f"article.{lang}.{suffix}" for suffix in PAPER_FORMATS]


def task(
    root: Path,
    name: str,
    action: Callable[[], None],
    *,
    inputs: list[Path],
    config: dict[str, Any],
    targets: list[Path] | None = None,
    after: tuple[str, ...] = ("check",),
) -> dict[str, Any]:
    """Return a task as doit takes it, which runs after others."""
    targets = targets or []
    return {
        "basename": name,
        "actions": [action],
        "file_dep": [path.relative_to(root).as_posix() for path in inputs],
        "targets": [path.relative_to(root).as_posix() for path in targets],
        "task_dep": list(after),
        "uptodate": [Unchanged(root, config, targets)],
        "io": {"capture": False},
    }
