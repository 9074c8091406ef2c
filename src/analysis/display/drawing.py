"""What all figures share: the project's own settings and colours, two widths, and the way to a file.

A figure is drawn in every language, and for a page as well as for a narrow screen.
"""

import io
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, wraps
from pathlib import Path
from threading import RLock
from typing import Any, Concatenate, ParamSpec
from warnings import catch_warnings, filterwarnings

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.display.svg_files import FONTS, shortened
from analysis.language.labels import text
from analysis.raw_data.raw import Package

FORMATS = ("svg", "narrow.svg", "png")
"""Files of a figure: for pages and PDF, for narrow screens, for Word."""
WIDTH, NARROW = 6.2, 3.5
"""Widths of a figure in inches: the text of an A4 page, and the screen of a phone."""
DPI = 160
SIZE, SMALL = 9.5, 8.5
HEAD = 0.22
"""Room above a figure for the mark of a made-up city, in inches."""
LETTER = 0.0062
"""Width of a letter in inches per point, on average."""
INK, FAINT, RULE, GROUND = "#1f2933", "#52606d", "#9aa5b1", "#ffffff"
COUNT, TRACK = "#5b7083", "#e3e8ed"
"""A quantity, and the scale that it lies on."""
FOR, AGAINST, NEITHER = "#1d4f7c", "#e08a3c", "#c3ccd5"
"""What supports or agrees, what hinders or disagrees, and what does both: three hues, and three greys."""
STYLE: dict[Any, Any] = {
    "font.family": ["Compendium Serif", "DejaVu Serif", "DejaVu Sans"],
    "font.size": SIZE,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": RULE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titleweight": "bold",
    "hatch.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "compendium",
    "text.language": "en",  # else that of the locale, and Turkish knows no ligature of f and i
    "text.parse_math": False,
}

OWN = f"{__name__.partition('.')[0]}."
"""How the names of this package's modules begin."""
P = ParamSpec("P")
_alone = RLock()


@contextmanager
def own_settings(others: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Draw by the project's settings, and `others`, alone, whatever a ``matplotlibrc`` or a notebook sets.

    Settings are those of the whole process, so one thread draws at a time.
    """
    _add_fonts()
    with _alone, mpl.rc_context(), catch_warnings():
        # The check of the raw data names characters that no font has; a font may lack a weight.
        filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE | dict(others or {}))
        yield


@cache
def _add_fonts() -> None:
    for name in FONTS:
        font_manager.fontManager.addfont(Path(__file__).with_name(name))


@dataclass(frozen=True)
class Medium:
    """What a figure is drawn for: a language and a width, and whether for a city that is made up."""

    lang: str
    width: float
    is_synthetic: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether the figure is for a narrow screen."""
        return self.width < WIDTH

    def canvas(self, height: float) -> tuple[Figure, Axes]:
        """Return an empty figure `height` inches high, with axes that are laid out by Matplotlib."""
        figure = Figure(figsize=(self.width, height + self._head), layout="constrained")
        self._mark(figure)
        return figure, figure.subplots()

    def sheet(self, height: float) -> tuple[Figure, Axes]:
        """Return an empty figure `height` inches high, to be drawn on in inches from its top left corner."""
        figure = Figure(figsize=(self.width, height + self._head))
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, self.width), ylim=(height, -self._head))
        axes.set_axis_off()
        self._mark(figure)
        return figure, axes

    @property
    def _head(self) -> float:
        return HEAD if self.is_synthetic else 0.0

    def _mark(self, figure: Figure) -> None:
        """Write into a figure that its data are made up."""
        if self.is_synthetic:
            top = 1 - 0.03 / figure.get_size_inches()[1]
            words = text("synthetic.figure", self.lang)
            figure.suptitle(words, x=0.005, y=top, ha="left", va="top", fontsize=SMALL, fontweight="bold")

    def nothing(self, words: str) -> tuple[Figure, str]:
        """Return a figure that says in `words` why there is none."""
        figure, axes = self.sheet(0.4)
        axes.text(0.02, 0.2, self.fill(words, self.width), va="center")
        return figure, words

    def fill(self, words: str, inches: float, size: float = SIZE) -> str:
        """Break a text into lines of at most so many inches."""
        return textwrap.fill(words, max(6, int(inches / (LETTER * size))))


def bar_part(
    axes: Axes, left: float, y: float, size: tuple[float, float], written: str, fill: tuple[str, str, str]
) -> None:
    """Draw a part of a bar (length, thickness) in a fill (colour, ink, hatch), with its number if it fits."""
    (long, thick), (colour, ink, hatch) = size, fill
    if not long:
        return
    edge = RULE if hatch else "white"
    axes.barh(y, long, thick, left, color=colour, edgecolor=edge, hatch=hatch, linewidth=0.8)
    if long > LETTER * SMALL * len(written) + 0.03:
        plate = {"facecolor": colour, "edgecolor": "none", "pad": 1} if hatch else None
        axes.text(
            left + long / 2, y, written, ha="center", va="center", color=ink, fontsize=SMALL, bbox=plate
        )


def reach(words: str, size: float = SIZE) -> float:
    """Return how wide the widest line of a text is, in inches."""
    kind = FontProperties(size=size)
    lines = words.split("\n")
    return max(text_to_path.get_text_width_height_descent(one, kind, ismath=False)[0] for one in lines) / 72


@dataclass(frozen=True, repr=False)
class Drawing:
    """A figure with its content in words, for notebooks and for readers who cannot see it.

    It is drawn when it is needed, and can mostly be sent to another process without having been.
    """

    draw: Callable[[float], tuple[Figure, str]]
    """Returns the figure of a width in inches, and its content in words."""
    encoded: dict[str, bytes] = field(default_factory=dict)
    """What was made of it already, by one of `FORMATS`: what a notebook shows it also saves."""

    def __repr__(self) -> str:
        """Return the content in words."""
        return self.description

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave the figures behind."""
        return Drawing, (self.draw, self.encoded)

    @cached_property
    def figure(self) -> Figure:
        """The figure for a page."""
        return self._wide[0]

    @property
    def description(self) -> str:
        """The content in words."""
        return self._wide[1]

    @cached_property
    def narrow(self) -> Figure:
        """The figure for a narrow screen."""
        return self._thin[0]

    @property
    def can_be_sent(self) -> bool:
        """Whether another process would draw the same: it knows the function, and nobody took the figure."""
        drawer = getattr(self.draw, "drawer", self.draw)
        is_known = drawer.__module__.startswith(OWN) and "<locals>" not in drawer.__qualname__
        return is_known and vars(self).keys().isdisjoint(("figure", "narrow"))

    @cached_property
    def _wide(self) -> tuple[Figure, str]:
        return self.draw(WIDTH)

    @cached_property
    def _thin(self) -> tuple[Figure, str]:
        return self.draw(NARROW)

    def _repr_png_(self) -> bytes:
        return encode(self, "png")


def encode(drawing: Drawing, file_format: str) -> bytes:
    """Return a drawing as the bytes of one of `FORMATS`, the same bytes each time.

    An SVG holds its content in words.
    """
    if file_format not in drawing.encoded:
        figure = (drawing._thin if file_format.startswith("narrow") else drawing._wide)[0]
        drawing.encoded[file_format] = _encode(figure, file_format, drawing.description)
    return drawing.encoded[file_format]


def _encode(figure: Figure, file_format: str, description: str) -> bytes:
    """Draw a figure once; ``savefig`` would draw it twice, the first time for a layout that is settled."""
    stream = io.BytesIO()
    with own_settings():
        figure.set_dpi(DPI)
        if file_format.endswith("svg"):
            metadata = {"Date": None, "Description": description}
            FigureCanvasSVG(figure).print_svg(stream, metadata=metadata)  # type: ignore[no-untyped-call]
        else:
            FigureCanvasAgg(figure).print_png(stream, metadata={"Software": None})  # type: ignore[no-untyped-call]
    content = stream.getvalue()
    return shortened(content) if file_format.endswith("svg") else content


def in_both_languages(
    draw: Callable[Concatenate[Medium, P], tuple[Figure, str]],
) -> Callable[Concatenate[Package, P], dict[str, Drawing]]:
    """Turn a function that draws for one medium into one that returns the drawings by language of the city.

    Its first argument is then the package that the data are from; drawings of a made-up city are marked.
    """

    @wraps(draw)
    def draw_all(package: Package, /, *args: P.args, **kwargs: P.kwargs) -> dict[str, Drawing]:
        return {
            lang: Drawing(_Recipe(draw_all, lang, package.is_synthetic, args, kwargs))
            for lang in package.languages
        }

    return draw_all


@dataclass(frozen=True)
class _Recipe:
    """How a figure of a language is drawn: by a function `in_both_languages`, which is sent by its name."""

    drawer: Any
    lang: str
    is_synthetic: bool
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __call__(self, width: float) -> tuple[Figure, str]:
        """Return the figure of a width in inches, and its content in words."""
        mark = [text("synthetic.figure", self.lang)] if self.is_synthetic else []
        medium = Medium(self.lang, width, self.is_synthetic)
        with own_settings():
            figure, words = self.drawer.__wrapped__(medium, *self.args, **self.kwargs)
            return _settled(figure), ". ".join([*mark, words])


def _settled(figure: Figure) -> Figure:
    """Lay a figure out once and for all: a second pass of the layout would move things slightly."""
    if engine := figure.get_layout_engine():
        engine.execute(figure)
    figure.set_layout_engine("none")
    return figure
