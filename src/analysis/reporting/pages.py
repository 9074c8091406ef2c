"""Render HTML pages from templates: ``page.html`` beside this module and others that fill it in.

Whatever they show is escaped.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

HERE = "analysis.reporting"


def render(template: str, package: str = HERE, **shown: Any) -> str:
    """Return the page that a template, which may lie in another package, makes of what it is to show."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(HERE)]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**shown)


def source(name: str) -> str:
    """Return a template as it is."""
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
