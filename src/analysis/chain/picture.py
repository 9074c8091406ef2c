"""The chain of a city's notebooks as a picture whose boxes are links, for the notebook that comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from analysis.chain.steps import ABOUT_ALL, Step, steps
from analysis.display.display_table import city_name
from analysis.language.labels import text
from analysis.raw_data.raw import Package
from analysis.table_list.entries import BY_NAME

ROW = "display: flex; flex-wrap: wrap; justify-content: center; gap: 0.5em; text-align: center"
BOX = "border: 1px solid #7b8794; border-radius: 0.5em; padding: 0.4em 0.7em; max-width: 8.5em"
ARROW = "text-align: center; margin: 0.2em"


@dataclass(frozen=True)
class Stop:
    """A notebook of the chain: where it is, its title, and what it is about."""

    file: str
    title: str
    about: str


@dataclass(frozen=True)
class Picture:
    """Notebooks in stages; those of one stage need nothing of each other."""

    stages: Sequence[Sequence[Stop]]

    def __repr__(self) -> str:
        """Return the titles, with arrows between the stages."""
        return "\n→ ".join(", ".join(stop.title for stop in stage) for stage in self.stages)

    def _repr_html_(self) -> str:
        """Return boxes with links for notebooks."""
        rows = (f'<div style="{ROW}">{"".join(map(_box, stage))}</div>' for stage in self.stages)
        return f'\n<div style="{ARROW}">↓</div>\n'.join(rows)


def draw_chain(package: Package, lang: str) -> Picture:
    """Return the picture of the notebooks that a city's raw files allow, and of the one on all cities."""
    name = city_name(package, package.language(lang))
    stages: dict[int, list[Step]] = {}
    made: dict[str, int] = {}
    for step in steps(package.city):
        depth = 1 + max((made[name] for name in step.reads), default=0) if step.processed else 0
        made |= dict.fromkeys(step.processed, depth)
        stages.setdefault(depth, []).append(step)
    listed = [stage for _, stage in sorted(stages.items())]
    return Picture([[_stop(step, name, lang) for step in stage] for stage in [*listed, [ABOUT_ALL]]])


def _stop(step: Step, city: str, lang: str) -> Stop:
    numbers = [BY_NAME[name].number for name in step.tables]
    about = text(f"map.{step.name}", lang) if not numbers or len(numbers) > 1 else _caption(step, city, lang)
    if not numbers:
        return Stop(f"{step.name}.ipynb", about, "")
    span = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    return Stop(f"{step.name}.ipynb", f"{text('paper.table', lang)} {span}", about)


def _caption(step: Step, city: str, lang: str) -> str:
    return text(f"caption.{step.tables[0]}", lang, city=city).replace("*", "")


def _box(stop: Stop) -> str:
    about = f"<br><small>{escape(stop.about)}</small>" if stop.about else ""
    return f'<div style="{BOX}"><a href="{escape(stop.file)}">{escape(stop.title)}</a>{about}</div>'
