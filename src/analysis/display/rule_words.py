"""What a derived result was computed by, in words: the rule of its lineage is in no language."""

import re

from analysis.language.labels import catalogue, text

RULE = re.compile(r"(?P<operation>\w+)\((?P<inner>.*)\)", re.DOTALL)
CONDITION = re.compile(r"(?P<column>[^=!]+)(?P<sign>!?=)(?P<values>.*)", re.DOTALL)
CLAUSES, VALUES = "; ", "|"
PLAIN = (
    *("copy", "count", "sum", "fill", "unique_names", "unique_coders", "unique_owners"),
    *("areas_of_government", "dimensions_with_indicators", "indicators_of_online_services"),
    *("indicators_of_infrastructure", "indicators_of_open_government"),
    *("aspects_of_the_evidence_named", "aspects_with_evidence", "aspects_without_evidence"),
    *("largest_component", "most_partners", "partners_of_the_hub"),
    *("likely_duplicates", "owners_of_likely_duplicates"),
)
"""Rules of results that every city has, as the last part of the key of their words."""
SHORTENED = {
    "total - planned": "total_less_planned",
    "total - planned - development": "total_less_planned_and_development",
    "totals of type, ownership, status": "totals_of_type_ownership_status",
    "type: desktop = 0": "no_desktop",
    "all": "all_ways",
    "unique evidence_id": "unique_evidence",
    "connected components": "components",
    "names in integrations.csv": "names_in_integrations",
    "web or mobile: operational": "web_or_mobile_operational",
    "latest last_updated": "latest_update",
    "last_updated empty": "no_update",
    "stale_months of the city, or 12": "stale_months",
}
"""Further such rules, whose keys are not made of their words."""
NOT_UPDATED = re.compile(r"not updated for (?P<months>\d+) months")
EXTREME = re.compile(r"(?P<attribute>type|ownership|status): (?P<which>largest|smallest)")
OF_CATEGORIES = re.compile(r"(?P<attribute>type|ownership|status): (?P<codes>\w+(?: \+ \w+)*)")
PLUS, LIST = " + ", "list:"
WHOLES = {" / total": "total", " / all of these": "formula.plain.all_of_these"}
"""What a share is divided by, and the key of its words."""
SIGNS = {"sum": " + ", "difference": " − ", "product": " × ", "ratio": " ÷ "}
"""Operations that are written with a sign between their inputs."""


def is_computed(rule: str) -> bool:
    """Tell whether a rule is that of a derived result."""
    match = RULE.fullmatch(rule)
    return match is not None and (
        match["operation"] in SIGNS or f"formula.{match['operation']}" in catalogue()
    )


def in_words(rule: str, lang: str) -> str:
    """Return a rule in words, one that there are no words for as it is."""
    match = RULE.fullmatch(rule)
    if not match or not is_computed(rule):
        return _plain(rule, lang)
    inputs, *clauses = match["inner"].split(CLAUSES)
    names, operation = [_named(name, lang) for name in inputs.split()], match["operation"]
    if operation in SIGNS and len(names) > 1:
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


def _plain(rule: str, lang: str) -> str:
    """Return the rule of a result that every city has in words."""
    key = SHORTENED.get(rule, rule.replace(" ", "_"))
    if rule in SHORTENED or key in PLAIN:
        return text(f"formula.plain.{key}", lang)
    if f"rule.{rule}" in catalogue():
        return text(f"rule.{rule}", lang)
    for whole, key in WHOLES.items():
        if rule.endswith(whole):
            return f"{_plain(rule.removesuffix(whole), lang)} ÷ {text(key, lang)}"
    if match := NOT_UPDATED.fullmatch(rule):
        return text("formula.plain.not_updated", lang, n=match["months"])
    if match := EXTREME.fullmatch(rule):
        attribute = text(match["attribute"], lang).lower()
        return text(f"formula.plain.{match['which']}", lang, attribute=attribute)
    if rule.startswith("(") and rule.endswith(")"):
        return f"({_plain(rule[1:-1], lang)})"
    if match := OF_CATEGORIES.fullmatch(rule):
        keys = [
            one if one == "total" else f"{match['attribute']}.{one}" for one in match["codes"].split(PLUS)
        ]
        if all(key in catalogue() for key in keys):
            return PLUS.join(text(key, lang) for key in keys)
    return rule


def _named(name: str, lang: str) -> str:
    """Return what an operation takes: a key or column as it is, a list by its name."""
    prefix, _, listed = name.partition(LIST)
    return text("formula.list", lang, name=listed) if listed and not prefix else name


def _where(clauses: list[str], lang: str) -> str:
    said = []
    for match in filter(None, map(CONDITION.fullmatch, clauses)):
        values = text("formula.or", lang).join(value or "“”" for value in match["values"].split(VALUES))
        kind = "is_not" if match["sign"] == "!=" else "is"
        said.append(text(f"formula.{kind}", lang, column=match["column"], values=values))
    return text("formula.where", lang, conditions=text("formula.and", lang).join(said)) if said else ""
