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


@dataclass(frozen=True)
class CityBuild:
    """A city, and how it is to be built.

    Parameters
    ----------
    city : City
        The city; its descriptor can be read.
    lang, renderer, kernels : str
        As in `pipeline.build`.
    """

    city: City
    lang: str
    renderer: str
    kernels: str = "auto"

    @cached_property
    def descriptors(self) -> list[Path]:
        """The descriptors of the framework and of the city."""
        return [self.city.framework / "datapackage.yaml", self.city.raw / "datapackage.yaml"]

    @cached_property
    def resources(self) -> dict[str, tuple[Path, dict[str, Any]]]:
        """Path and description of every raw file by name."""
        city = self.city
        listed = ((city.framework, cities.resources(city.framework)), (city.raw, city.resources))
        return {one["name"]: (folder / one["path"], one) for folder, found in listed for one in found}

    @cached_property
    def raw_files(self) -> list[Path]:
        """Every raw file, and the descriptors before them."""
        return [*self.descriptors, *(path for path, _ in self.resources.values())]

    @cached_property
    def steps(self) -> list[Step]:
        """The notebooks that the raw files allow."""
        return steps(self.city)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that its papers and pages are made in."""
        return languages(self.city)

    @property
    def notebooks_in(self) -> str:
        """The language that its notebooks are executed in first: the one asked for, if it is the city's."""
        return self.lang if self.lang in self.languages else self.languages[0]

    @cached_property
    def epoch(self) -> int:
        """The date that pages and papers carry."""
        return epoch(self.city.root)


def task(
    root: Path,
    name: str,
    action: Callable[[], None],
    *,
    inputs: list[Path],
    config: dict[str, Any],
    targets: list[Path] | None = None,
    after: list[str] | None = None,
) -> dict[str, Any]:
    """Return a task as doit takes it; it runs after those in `after`, else after the check."""
    targets = targets or []
    return {
        "basename": name,
        "actions": [action],
        "file_dep": [path.relative_to(root).as_posix() for path in inputs],
        "targets": [path.relative_to(root).as_posix() for path in targets],
        "task_dep": ["check"] if after is None else after,
        "uptodate": [Unchanged(root, config, targets)],
        "io": {"capture": False},
    }
