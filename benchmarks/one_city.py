"""Bandung rebuilt in several ways: cold, with nothing changed, and with one raw count changed."""

import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from measuring import BIN, copy_project, run

from analysis.chain.steps import steps
from analysis.project import cities
from analysis.project.cities import City

ROUNDS = 3
QUICK_ROUNDS = 10
"""Repetitions of what takes less than a second."""
RENDERS = [["python", "benchmarks/render.py", what, "build/papers"] for what in ("id", "en", "report")]
IMPORT = [["python", "-c", "import doit, typer"]]
TOLD = re.compile(r"^([\w.]+)\t([\d.]+) s$", re.MULTILINE)
Commands = list[list[str]]
Seconds = dict[str, list[float]]


def ours() -> Commands:
    """The compendium's own command."""
    return [["compendium", "build", "bandung", "--no-site"]]


def script(names: list[str]) -> Commands:
    """The papermill command for each notebook, then the renders: what a user would write."""
    return [*(papermill(name, "bandung") for name in names), *RENDERS]


def papermill(name: str, city: str) -> list[str]:
    """The papermill command for one notebook."""
    output = f"build/notebooks/{city}.{name}.ipynb"
    settings = ["-p", "city", city, "-p", "lang", "id", "--cwd", "notebooks", "--no-progress-bar"]
    return ["papermill", f"notebooks/{name}.ipynb", output, *settings]


def jupyter_execute(names: list[str]) -> Commands:
    """``jupyter execute`` for each notebook, then the renders."""
    return [*(["jupyter", "execute", f"notebooks/{name}.ipynb"] for name in names), *RENDERS]


def nbconvert(names: list[str]) -> Commands:
    """One ``nbconvert --execute`` for all notebooks, then the renders."""
    notebooks = [f"notebooks/{name}.ipynb" for name in names]
    convert = ["jupyter", "nbconvert", "--to", "notebook", "--execute", "--output-dir", "build/notebooks"]
    return [[*convert, *notebooks], *RENDERS]


def snakemake() -> Commands:
    """Snakemake on all cores, which runs the papermill command for each notebook and the renders."""
    return [["snakemake", "--snakefile", "benchmarks/Snakefile", "--cores", "all", "--quiet", "all"]]


def jupyter_cache(names: list[str]) -> Commands:
    """jupyter-cache for all notebooks, in order, then the renders."""
    notebooks = " ".join(f"notebooks/{name}.ipynb" for name in names)
    cache = ["--cache-path", "build/jupyter-cache"]
    # It asks whether it may make the folder.
    add = ["sh", "-c", f"yes | jcache notebook {' '.join(cache)} add {notebooks}"]
    execute = ["jcache", "project", *cache, "execute", "--executor", "local-serial", "--timeout", "300"]
    return [add, execute, *RENDERS]


def measure(folder: Path, tell: Callable[[str], None]) -> dict[str, Seconds]:
    """Measure every way side by side, round by round.

    Returns
    -------
    dict
        Seconds of each run by way, by what was changed before: ``cold``, ``unchanged``, ``one_count``.
    """
    names = [step.name for step in steps(City("bandung", Path(__file__).parents[1]))]
    ways = {
        "ours": ours(),
        "script": script(names),
        "jupyter_execute": jupyter_execute(names),
        "nbconvert": nbconvert(names),
        "snakemake": snakemake(),
        "jupyter_cache": jupyter_cache(names),
    }
    found: dict[str, Seconds] = {kind: {} for kind in ("cold", "unchanged", "one_count")}

    def note(kind: str, way: str, seconds: float) -> None:
        found[kind].setdefault(way, []).append(seconds)
        tell(f"{kind} {way}: {seconds:.2f} s")

    for _ in range(ROUNDS):
        for way, commands in ways.items():
            with tempfile.TemporaryDirectory(dir=folder) as place:
                project = copy_project(Path(place) / "project", "bandung")
                (project / "build/notebooks").mkdir(parents=True)
                note("cold", way, run(commands, project).seconds)
                if way in ("snakemake", "jupyter_cache"):
                    note("unchanged", way, run(commands, project).seconds)
                if way == "ours":
                    for _ in range(QUICK_ROUNDS):
                        note("unchanged", "import", run(IMPORT, project).seconds)
                        note("unchanged", way, run(commands, project).seconds)
                if way in ("ours", "snakemake"):
                    change_one_count(project)
                    note("one_count", way, run(commands, project).seconds)
    return found


def each_step(folder: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Return what a cold build takes: ``seconds``, ``processor`` seconds, and seconds of ``each`` step."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        taken = run(ours(), copy_project(Path(place) / "project", "bandung"))
    each = {name: float(seconds) for name, seconds in TOLD.findall(taken.printed)}
    tell(f"steps {each}")
    return {"seconds": taken.seconds, "processor": taken.processor, "each": each}


def change_one_count(project: Path) -> None:
    """Count one web application more."""
    path = project / "data/raw/bandung/applications_recap.csv"
    first, row, *others = path.read_text("utf-8").splitlines(keepends=True)
    cells = row.split(",")
    cells[2] = str(int(cells[2]) + 1)
    path.write_text("".join([first, ",".join(cells), *others]), "utf-8")
    run([["compendium", "check", "bandung", "--update-hashes"]], project)


def overhead(folder: Path, tell: Callable[[str], None]) -> dict[str, dict[str, float]]:
    """Measure each notebook of Bandung in a warm run of ours, and by the papermill command.

    Returns
    -------
    dict
        By notebook: ``cells`` (seconds of its own cells, in a kernel that has imported everything), and the
        seconds in all of ``ours`` and of ``papermill``; medians.
    """
    names = [step.name for step in steps(City("bandung", Path(__file__).parents[1]))]
    with tempfile.TemporaryDirectory(dir=folder) as place:
        project = copy_project(Path(place) / "project", "bandung")
        (project / "build/notebooks").mkdir(parents=True)
        run(ours(), project)
        warm = [str(BIN / "python"), str(Path(__file__).with_name("warm.py")), str(ROUNDS), *names]
        found: dict[str, dict[str, float]] = json.loads(run([warm], project).printed.splitlines()[-1])
        # As in a build, both note how figures are drawn, and draw what they show.
        aside = f"{cities.OUTBOX}={project / 'build/aside'}"
        for name in names:
            command = ["env", aside, *papermill(name, "bandung")]
            taken = [run([command], project).seconds for _ in range(ROUNDS)]
            found[name]["papermill"] = median(taken)
            tell(f"overhead {name}: {found[name]}")
    return found
