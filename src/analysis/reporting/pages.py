"""Render HTML pages from the templates beside this module; whatever they show is escaped."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined


def render(template: str, **shown: Any) -> str:
    """Return the page that a template makes of what it is to show."""
    environment = Environment(
        loader=FunctionLoader(source),
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
