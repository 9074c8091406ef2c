"""Write results.md, from its template, and results.svg from measurements.json."""

import json
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple

import matplotlib as mpl
import simulation
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from matplotlib.figure import Figure

HERE = Path(__file__).parent
WAYS = {
    "ours": "`compendium build`",
    "script": "papermill command for each notebook",
    "jupyter_execute": "`jupyter execute` for each notebook",
    "nbconvert": "one `nbconvert --execute`",
    "snakemake": "Snakemake with papermill, all cores",
    "jupyter_cache": "jupyter-cache",
}
COMPARED = ("papermill", "nbconvert", "nbclient", "snakemake", "jupyter-cache", "distributed", "pandas")
KINDS = ("tables", "papers")
LOOP_CITIES = 50
OURS, ACCENT, OTHER = "#33658a", "#c8553d", "#9aa5b1"
Found = dict[str, Any]


class Goal(NamedTuple):
    """Something to be reached: a bound, what was measured, and with how many digits that is written."""

    what: str
    sign: str
    bound: float
    unit: str
    measured: float
    digits: int

    @property
    def asked(self) -> str:
        """The bound in words."""
        return f"{self.sign} {self.bound:g}{self.unit}"

    @property
    def got(self) -> str:
        """What was measured in words."""
        return f"{self.measured:.{self.digits}f}{self.unit}"

    @property
    def is_met(self) -> bool:
        """Whether it is reached as measured, not as written."""
        return self.measured >= self.bound if self.sign == "≥" else self.measured <= self.bound


def main() -> None:
    """Write both files."""
    found = json.loads((HERE / "measurements.json").read_text("utf-8"))
    (HERE / "results.md").write_text(report(found), "utf-8")
    with mpl.rc_context({"svg.hashsalt": "compendium", "font.size": 8}):
        plot(found).savefig(HERE / "results.svg", metadata={"Date": None})


def report(found: Found) -> str:
    """Return results.md."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown
    )
    environment.filters |= {"f": _fixed, "comma": lambda number: number.replace(".", ","), "spread": _spread}
    return environment.get_template("results.md.j2").render(facts(found))


def facts(found: Found) -> Found:
    """Return what the template names."""
    one, cities, steps = found["one_city"], found["many_cities"], found["steps"]
    notebooks = found["overhead"]
    overhead = {
        way: median(row[way] - row["cells"] for row in notebooks.values()) for way in ("ours", "papermill")
    }
    speed = {way: median(one["cold"][way]) / median(one["cold"]["ours"]) for way in WAYS}
    each = steps["each"]
    known = {
        "machine": found["machine"],
        "dates": _dates(found["dates"]),
        "compared": COMPARED,
        "script": speed["script"],
        "six_times": median(one["cold"]["script"]) / 6,
        "snakemake": speed["snakemake"],
        "unchanged": median(one["unchanged"]["ours"]),
        "ways": [_way(one, way) for way in WAYS],
        "changed": median(one["cold"]["script"]) / median(one["one_count"]["ours"]),
        "overhead": overhead,
        "notebooks": notebooks,
        "kinds": KINDS,
        "cities": cities,
        "loop_cities": LOOP_CITIES,
        "loop_city": mean(cities["loop"]),
        "client": median(cities["dask"]["client"]),
        "inventories": found["inventories"],
        "steps": steps,
        "in_notebooks": sum(each[name] for name in notebooks),
        "in_figures": sum(each[name] for name in each if name.startswith("figures")),
        "own_work": sum(row["cells"] for row in notebooks.values()),
        "in_renders": sum(each[name] for name in each if name.startswith(("paper", "report"))),
        "simulated_cities": simulation.CITIES,
        "workers": simulation.WORKERS,
        "grown": {kind: _grown(found, kind) for kind in KINDS},
    }
    return {**known, "goals": _goals(found, known)}


def _dates(measured: dict[str, str]) -> str:
    """Say on which day what was measured."""
    parts = {day: [part for part in measured if measured[part] == day] for day in sorted(measured.values())}
    if len(parts) == 1:
        return next(iter(parts))
    return "; ".join(f"{day} ({', '.join(names)})".replace("_", " ") for day, names in parts.items())


def _way(one: Found, way: str) -> Found:
    cold = one["cold"]
    ratios = [other / ours for other, ours in zip(cold[way], cold["ours"], strict=True)]
    changed = {kind: one[kind].get(way, []) for kind in ("unchanged", "one_count")}
    return {"name": WAYS[way], "cold": cold[way], "ratios": ratios if way != "ours" else [], **changed}


def _goals(found: Found, known: Found) -> list[Goal]:
    """Return what was to be reached, and what was measured."""
    one, cities, large = found["one_city"], known["cities"], found["inventories"][-1]
    script, importing = median(one["cold"]["script"]), median(one["unchanged"]["import"])
    unchanged, overhead, dask = known["unchanged"], known["overhead"], cities["dask"]
    ten, fifty, most = (
        _at(cities["tables"], size) for size in (10, LOOP_CITIES, cities["tables"][-1]["cities"])
    )
    loop = LOOP_CITIES * known["loop_city"] / fifty["seconds"]
    slope = (most["seconds"] / most["cities"]) / (ten["seconds"] / ten["cities"])
    overheads = overhead["papermill"] / overhead["ours"]
    sizes = f"{most['cities']} cities against 10"
    imports = '`python -c "import doit, typer"`'
    reading = f"Tables 4–6 of {large['rows']:,} rows, against pandas reading the file"
    return [
        Goal("Bandung cold, tables and 6 papers, against the script", "≥", 6, "×", known["script"], 1),
        Goal("the same against Snakemake with papermill on all cores", "≥", 4, "×", known["snakemake"], 1),
        Goal("nothing changed, against that script", "≥", 60, "×", script / unchanged, 0),
        Goal(f"nothing changed, against {imports}", "≤", 2.2, "×", unchanged / importing, 1),
        Goal("overhead of a notebook, of the papermill command against ours", "≥", 15, "×", overheads, 0),
        Goal(f"{LOOP_CITIES} cities, tables only, against a papermill loop", "≥", 12, "×", loop, 1),
        Goal("2 Dask workers against 1", "≥", 1.8, "×", median(dask["1"]) / median(dask["2"]), 2),
        Goal(f"time of a city, {sizes}", "≤", 1.1, "×", slope, 2),
        Goal(f"memory, {sizes}", "≤", 1.1, "×", most["memory"] / ten["memory"], 2),
        Goal(reading, "≤", 2, "×", large["tables"] / large["pandas"], 2),
        Goal("memory for that", "≤", 1.5, " GB", large["tables_memory"] / 1e9, 2),
    ]


def plot(found: Found) -> Figure:
    """Return the figure: ways, cities, inventories, workers."""
    figure = Figure(figsize=(8, 6), layout="constrained")
    ways, cities, rows, workers = figure.subplots(2, 2).flat
    cold = {WAYS[way].replace("`", ""): found["one_city"]["cold"][way] for way in reversed(WAYS)}
    middle = [median(seconds) for seconds in cold.values()]
    reach = [(median(seconds) - min(seconds), max(seconds) - median(seconds)) for seconds in cold.values()]
    colours = [OTHER] * (len(cold) - 1) + [OURS]
    ways.barh(list(cold), middle, xerr=list(zip(*reach, strict=True)), color=colours)
    ways.set(title="Bandung, cold", xlabel="seconds")
    for kind, colour in zip(KINDS, (OURS, ACCENT), strict=True):
        sizes = found["many_cities"][kind]
        numbers, seconds = [row["cities"] for row in sizes], [row["seconds"] for row in sizes]
        cities.plot(numbers, seconds, "o-", color=colour, label=kind)
        grown = {count: taken / 60 for count, taken in _grown(found, kind).items()}
        workers.plot(list(grown), list(grown.values()), "o-", color=colour, label=kind)
    for key, label, colour in (
        ("pandas", "pandas reads the file", OTHER),
        ("tables", "Tables 4–6", OURS),
        ("insights", "insights", ACCENT),
    ):
        measured = {row["rows"]: row[key] for row in found["inventories"]}
        rows.plot(list(measured), list(measured.values()), "o-", color=colour, label=label)
    cities.set(title="Many cities, all cores", xlabel="cities", ylabel="seconds")
    rows.set(title="Large inventories", xlabel="rows", ylabel="seconds")
    workers.set(title=f"{simulation.CITIES} cities, simulated", xlabel="workers", ylabel="minutes")
    for axes in (cities, rows, workers):
        axes.set(xscale="log", yscale="log")
        axes.legend(frameon=False)
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _grown(found: Found, kind: str) -> dict[int, float]:
    many = found["many_cities"]
    each = many[kind][-1]["each"]
    warming = max(0.0, max(each[:2]) - median(each))
    return simulation.growth(each, median(many["dask"]["client"]), warming)


def _at(sizes: list[Found], cities: int) -> Found:
    return next(row for row in sizes if row["cities"] == cities)


def _fixed(number: float, digits: int) -> str:
    return f"{number:.{digits}f}"


def _spread(numbers: list[float]) -> str:
    """Write the median, with the least and the most; nothing of nothing."""
    if not numbers:
        return ""
    digits = 2 if median(numbers) < 1 else 1
    return f"{median(numbers):.{digits}f} ({min(numbers):.{digits}f}–{max(numbers):.{digits}f})"


if __name__ == "__main__":
    main()
