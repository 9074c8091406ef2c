"""What a derived result was computed by, in words: the rule of its lineage is in no language."""

from __future__ import annotations

import re

from analysis.language.labels import catalogue, text

RULE = re.compile(r"(?P<operation>\w+)\((?P<inner>.*)\)", re.DOTALL)
CONDITION = re.compile(r"(?P<column>[^=!]+)(?P<sign>!?=)(?P<values>.*)", re.DOTALL)
CLAUSES, VALUES = "; ", "|"
SIGNS = {"sum": " + ", "difference": " − ", "product": " × ", "ratio": " ÷ "}
"""Operations that are written with a sign between their inputs."""


def is_computed(rule: str) -> bool:
    """Tell whether a rule is that of a derived result."""
    match = RULE.fullmatch(rule)
    return match is not None and (
        match["operation"] in SIGNS or f"formula.{match['operation']}" in catalogue()
    )


def in_words(rule: str, lang: str) -> str:
    """Return the rule of a derived result (`Derivation.rule`) in words, any other as it is."""
    match = RULE.fullmatch(rule)
    if not match or not is_computed(rule):
        return rule
    inputs, *clauses = match["inner"].split(CLAUSES)
    names, operation = inputs.split(), match["operation"]
    if operation in SIGNS:
        return SIGNS[operation].join(names)
    words = text("formula.or", lang).join(clauses[0].split(VALUES)) if clauses else ""
    return text(
        f"formula.{operation}",
        lang,
        all=", ".join(names),
        first=names[0],
        rest=", ".join(names[1:]),
        last=names[-1],
        others=", ".join(names[:-1]),
        words=words,
        where=_where(clauses, lang),
    )


def _where(clauses: list[str], lang: str) -> str:
    """Return the conditions in words, "" for none."""
    said = []
    for match in filter(None, map(CONDITION.fullmatch, clauses)):
        values = text("formula.or", lang).join(value or "“”" for value in match["values"].split(VALUES))
        kind = "is_not" if match["sign"] == "!=" else "is"
        said.append(text(f"formula.{kind}", lang, column=match["column"], values=values))
    return text("formula.where", lang, conditions=text("formula.and", lang).join(said)) if said else ""
