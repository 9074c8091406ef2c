"""What the forkserver imports of libraries and of this package: importing this module is the preloading."""

from contextlib import suppress
from functools import partial
from typing import Any

from analysis.chain.code_files import PACKAGE, files_used_by
from analysis.execution.preloading import preload
from analysis.language.labels import LANGUAGES
from analysis.project import cities
from analysis.table_list.entries import TABLES

LIBRARIES = (
    # Without matplotlib_inline.backend_inline, which looks for the kernel's shell when it is imported.
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "networkx",
    "pandas",
)


def _own_modules() -> list[str]:
    """Return the names of our own modules that the project's notebooks use, directly or not."""
    with suppress(FileNotFoundError):
        displays = {PACKAGE / entry.module("display") for entry in TABLES}
        notebooks = cities.project_root().glob("notebooks/*.ipynb")
        used = {*files_used_by(*notebooks, *displays), *displays}
        stems = [path.relative_to(PACKAGE).with_suffix("") for path in used if path.suffix == ".py"]
        return [".".join((PACKAGE.name, *stem.parts)) for stem in stems if stem.name != "__init__"]
    return []


def _draw_once() -> None:
    """Draw a number in each language: words, locales, fonts and settings are then there for all kernels."""
    from analysis.display.drawing import Drawing, Medium, encode, own_settings  # noqa: PLC0415 - after `preload`
    from analysis.language.formats import integer  # noqa: PLC0415

    def zero(lang: str, width: float) -> tuple[Any, str]:
        figure, axes = Medium(lang, width, is_synthetic=True).sheet(1.0)
        axes.text(0, 0, integer(0, lang))
        return figure, ""

    with own_settings():
        for lang in LANGUAGES:
            encode(Drawing(partial(zero, lang)), "png")


preload((*LIBRARIES, *_own_modules()))
with suppress(Exception):  # The notebook will complain.
    _draw_once()
