"""What the READMEs take from elsewhere: the map from table to notebook, the ledger's verdict, Binder's badge.

``python -m analysis.chain.readme_map`` writes them anew into both READMEs.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from analysis.chain.steps import ABOUT_ALL, START, STEPS, Step
from analysis.language.labels import text
from analysis.project import cities
from analysis.project.atomic import write_text
from analysis.table_list.entries import BY_NAME
from analysis.table_list.entry import Entry

READMES = {"id": "README.id.md", "en": "README.md"}
MARKS, VERDICT, BADGE = (
    (f"<!-- {part}: python -m analysis.chain.readme_map -->\n", f"<!-- end of {part} -->")
    for part in ("map", "verdict", "badge")
)
"""What stands around each part of a README that is written here."""
BINDER = "https://mybinder.org/v2/gh/{repository}/HEAD?urlpath=lab/tree/notebooks/start.ipynb"
WEIGHTIEST = "conclusion"


def write(root: Path) -> None:
    """Write map, verdict and badge anew into both READMEs of a project."""
    audit = audit_of_source(root)
    repository = cities.read_yaml(root / "CITATION.cff").get("repository-code", "")
    for lang, name in READMES.items():
        path = root / name
        document = with_verdict(with_map(path.read_text("utf-8"), lang), audit, lang)
        write_text(path, with_badge(document, repository, lang))


def audit_of_source(root: Path) -> dict[str, Any]:
    """Return the audit of the city whose source was checked."""
    ledgers = sorted((root / "data/processed").glob("*/ledger.json"))
    audits = (json.loads(path.read_text("utf-8")) for path in ledgers)
    return next(audit for audit in audits if audit["checks"])


def with_verdict(document: str, audit: Mapping[str, Any], lang: str) -> str:
    """Return a README with what the ledger says of the article between its marks."""
    weighty = [one for one in audit["issues"] if one["weight"] == WEIGHTIEST]
    lines = [
        f"> {text('ledger.headline', lang, **audit['counts'])}",
        ">",
        f"> {text(f'weight.{WEIGHTIEST}', lang)}:",
        ">",
        *(f"> - {one[f'title_{lang}']}: {_verdict(one, lang)}" for one in weighty),
    ]
    return _between(VERDICT, _lines(lines), document)


def with_badge(document: str, repository: str, lang: str) -> str:
    """Return a README with a badge that leads to Binder; without one until it is known where the code is."""
    address = BINDER.format(repository=urlsplit(repository).path.strip("/"))
    badge = f"[![{text('map.badge', lang)}](https://mybinder.org/badge_logo.svg)]({address})\n"
    return _between(BADGE, badge if repository else "", document)


def with_map(document: str, lang: str) -> str:
    """Return a README with the map between its marks."""
    return _between(MARKS, _lines(_map(lang)), document)


def _between(marks: tuple[str, str], block: str, document: str) -> str:
    begin, end = marks
    return re.sub(
        f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: begin + block + end, document, flags=re.S
    )


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in ("", *lines, ""))


def _verdict(issue: Mapping[str, Any], lang: str) -> str:
    return text(f"verdict.{issue['verdict']}", lang).lower()


def _map(lang: str) -> Iterator[str]:
    yield _row([text(f"map.{key}", lang) for key in ("table", "notebook", "functions", "outputs")])
    yield "|---|---|---|---|"
    for step in (START, *STEPS, ABOUT_ALL):
        for name in step.tables:
            yield _of_table(BY_NAME[name], lang)
        if not step.tables:
            yield _of_step(step, lang)


def _of_table(entry: Entry, lang: str) -> str:
    caption = text(f"caption.{entry.name}", lang, city=text("map.city", lang))
    functions = _code((entry.builder, entry.tracer))
    return _row([f"{entry.number}: {caption}", _link(entry.step), functions, _code((f"{entry.name}.csv",))])


def _of_step(step: Step, lang: str) -> str:
    files = tuple(name for name in step.others if not name.endswith(".lineage.json"))
    outputs = _code(files) or text(f"map.output.{step.name}", lang)
    return _row([text(f"map.{step.name}", lang), _link(step.name), _code(step.functions), outputs])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _link(notebook: str) -> str:
    return f"[`{notebook}`](notebooks/{notebook}.ipynb)"


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    write(cities.project_root())
