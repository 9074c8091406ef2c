"""The executed notebooks as pages: what ran and what came out, without times and random names."""

from __future__ import annotations

import re
from functools import cache, partial
from html import escape
from pathlib import Path

from nbconvert.exporters import HTMLExporter

INJECTED = "injected-parameters"
RANDOM = re.compile(r' id="cell-id=[^"]*"')
OBSOLETE = re.compile(r' (?:border="1"|scoped="?\w*"?)')
STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
CODE = re.compile(r'<div class="highlight[^"]*">')
OUTPUT = re.compile(r'<div class="output_area">')
PICTURE = re.compile(r'<img alt="No description has been provided for this image"')


def _boxed(box: str, match: re.Match[str]) -> str:
    return match[0][:-1] + box


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="basic",
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )


def body(notebook: Path, code: str, output: str) -> str:
    """Return an executed notebook as HTML.

    Parameters
    ----------
    notebook : Path
        The notebook.
    code, output : str
        How boxes with code and with what came of it are named: they can be scrolled.
    """
    html, _ = _exporter().from_filename(str(notebook))
    html = STYLE.sub("", RANDOM.sub("", html))
    html = OBSOLETE.sub("", html)
    html = PICTURE.sub(f'<img alt="{escape(output)}"', html)
    for pattern, name in ((CODE, code), (OUTPUT, output)):
        box = f' tabindex="0" role="region" aria-label="{escape(name)}">'
        html = pattern.sub(partial(_boxed, box), html)
    return html
