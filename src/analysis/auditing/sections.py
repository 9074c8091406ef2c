"""How the statements of a source come out, section by section."""

import re

import pandas as pd

from analysis.auditing.distinct import OUTCOMES
from analysis.language.labels import text

PART = " · "
"""What separates the parts of a locator, from the section to the sentence."""
NUMBERED = ("table", "figure")
"""Places that are no sections: all tables count as one, and so do all figures."""
UNDECIDED = "undecided"


def by_section(checks: pd.DataFrame) -> pd.DataFrame:
    """Count what the source says by section and outcome.

    Statements that are one test count once, in the section that makes it first; so the sums are those of
    the headline (`ledger.summarise`).

    Returns
    -------
    pandas.DataFrame
        Columns ``section`` (as the locators have it, or one of `NUMBERED`; in the order of the statements,
        then tables and figures) and a count for each of `OUTCOMES` and `UNDECIDED`.
    """
    said = checks[checks["says"] == "article"]
    tested = said[said["test"] != ""].drop_duplicates("test")
    outcomes = {verdict: name for name, verdicts in OUTCOMES.items() for verdict in verdicts}
    outcomes["not_checkable"] = UNDECIDED
    counted = pd.concat([tested, said[said["verdict"] == "not_checkable"]])
    sections = _sections(said["locator"])
    counts = pd.crosstab(sections[counted.index], counted["verdict"].map(outcomes))
    counts = counts.reindex(columns=[*OUTCOMES, UNDECIDED], fill_value=0)
    order = sections[(said["kind"] == "cell").sort_values(kind="stable").index]
    named = sorted((name for name in dict.fromkeys(order) if name in counts.index), key=NUMBERED.__contains__)
    counts = counts.reindex(named)
    return counts.rename_axis(index="section", columns=None).reset_index()


def _sections(locators: pd.Series) -> pd.Series:
    """Return the section that each place is in; of two sections the first."""
    names = locators.str.split(PART).str[0]
    for kind in NUMBERED:
        word = re.escape(text(f"place.{kind}", "id"))
        names = names.str.replace(rf"^{word}\b.*", kind, regex=True)
    known, both = set(names), f" {text('place.and', 'id')} "
    return names.map(lambda name: first if (first := name.split(both)[0]) in known else name)
