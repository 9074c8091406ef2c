"""Table 8: the findings by dimension with their numbers filled in, and the evidence they rest on."""

import re
from collections.abc import Mapping

import pandas as pd

from analysis.language.formats import Result, display
from analysis.language.labels import LANGUAGES
from analysis.raw_data.raw import Package

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
POLARITIES = ("supports", "mixed", "hinders")
TABLE = ("dimension", "finding_id", "polarity", "text_id", "text_en")
"""Columns of Table 8."""
DIMENSIONS = ("online_services", "infrastructure", "open_government")


class UnknownResultError(KeyError):
    """A finding refers to results that were not computed; `missing` lists (finding, key)."""

    def __init__(self, missing: list[tuple[str, str]]) -> None:
        self.missing = missing
        listed = "; ".join(f"findings.csv {finding}: {{{key}}}" for finding, key in missing)
        super().__init__(f"tidak ada hasil dengan kunci itu / no result of that key: {listed}")


def summarise(package: Package, results: Mapping[str, Result]) -> pd.DataFrame:
    """Fill the numbers into the findings.

    Parameters
    ----------
    package : Package
        With ``findings`` (texts holding ``{key}`` placeholders).
    results : mapping of str to Result
        The derived results by key.

    Returns
    -------
    pandas.DataFrame
        Columns ``dimension``, ``finding_id``, ``polarity``, ``text_id``, ``text_en``; numbers written as each
        language writes them.

    Raises
    ------
    UnknownResultError
        Naming every placeholder for which there is no result.
    """
    table = package["findings"][list(TABLE[:3])].reset_index(drop=True)
    keys = _placeholders(package)
    if missing := [(finding, key) for finding, key in keys if key not in results]:
        raise UnknownResultError(missing)
    for lang in LANGUAGES:
        texts = package["findings"][f"text_{lang}"]
        table[f"text_{lang}"] = [fill(text, results, lang) for text in texts]
    return table


def trace(package: Package) -> pd.DataFrame:
    """Say which raw row each finding comes from.

    Columns as those of `applications.trace`, and besides ``results`` (keys of those that fill the texts) and
    ``evidence`` (identifiers of what the finding rests on), each with spaces between them.
    """
    findings = package["findings"]
    keys = pd.DataFrame(_placeholders(package), columns=["finding_id", "key"]).drop_duplicates()
    used = keys.groupby("finding_id")["key"].agg(" ".join)
    return pd.DataFrame(
        {
            "row": findings["finding_id"],
            "column": "text_id text_en",
            "file": "findings.csv",
            "rows": findings.index.astype(str),
            "rule": "fill",
            "results": findings["finding_id"].map(used).fillna(""),
            "evidence": findings["evidence_ids"],
        }
    )


def evidence_matrix(package: Package) -> pd.DataFrame:
    """Count the evidence of each aspect by polarity.

    Where several coders coded a record, each coding counts.

    Parameters
    ----------
    package : Package
        With ``evidence`` (columns ``aspect``, ``polarity``) and ``framework``.

    Returns
    -------
    pandas.DataFrame
        Columns ``dimension``, ``aspect`` (codes), ``supports``, ``mixed``, ``hinders`` (codings); one row per
        aspect of the framework, in its order, also those without evidence.
    """
    counts = pd.crosstab(package["evidence"]["aspect"], package["evidence"]["polarity"])
    framework = package["framework"].set_index("code")
    aspects = framework.index[framework["level"] == "aspect"]
    matrix = counts.reindex(index=aspects, columns=list(POLARITIES), fill_value=0)
    dimension = framework["parent"].loc[framework["parent"].loc[aspects]].to_numpy()
    matrix = matrix.rename_axis(index="aspect", columns=None).reset_index()
    matrix.insert(0, "dimension", dimension)
    return matrix


def _placeholders(package: Package) -> list[tuple[str, str]]:
    findings = package["findings"]
    texts = findings["text_id"] + findings["text_en"]
    return [
        (finding, key)
        for finding, text in zip(findings["finding_id"], texts, strict=True)
        for key in PLACEHOLDER.findall(text)
    ]


def fill(text: str, results: Mapping[str, Result], lang: str) -> str:
    """Fill results into the ``{key}`` placeholders of a text, as `lang` writes them.

    Raises
    ------
    KeyError
        When there is no result of a key.
    """
    return PLACEHOLDER.sub(lambda match: display(results[match[1]], lang), text)
