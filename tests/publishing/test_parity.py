"""Both languages of a paper have the same parts, in the same order."""

import re

import pytest
from helpers import LANGUAGES, ROOT

from analysis.project.paper_sources import DOCUMENTS

PARTS = {
    "sections": r"^(#+) .*?(\{[#.][\w-]+\})$",
    "tables and other includes": r"\{\{< include (\S+) >\}\}",
    "figures": r"\]\((figures/\w+)\)\{(#[\w-]+)",
    "alternative texts": r"\{(#fig-[\w-]+)[^{}]* fig-alt=",
    "boxes, notes and references": r"^:::+ \{([^{}]*)\}$",
    "list items": r"^(-|\d+\.) ",
    "conditions": r'((?:when|unless)-meta="[\w.]+")',
}
"""What both languages have in the same order."""
NAMED = {
    "citations": r"@((?!sec-|tbl-|fig-)\w+)",
    "references": r"@((?:sec|tbl|fig)-[\w-]+)",
    "variables": r"\{\{< var (?:[Ww]ord\.|counted\.\w+\.)?(\S+) >\}\}",
    "grounds": r'\bon="([^"]*)"',
}
"""What both have in the same paragraph; within it each language has its own order."""


def read(lang, name):
    return (ROOT / "paper" / lang / name).read_text("utf-8")


def parts(text):
    """Return the parts of a text by kind."""
    found = {kind: re.findall(pattern, text, re.MULTILINE) for kind, pattern in PARTS.items()}
    paragraphs = re.split(r"\n\s*\n", text)
    return found | {
        kind: [sorted(re.findall(pattern, one)) for one in paragraphs] for kind, pattern in NAMED.items()
    }


def differences(one, other):
    """Return the parts in which two texts differ, by kind: of each the first pair that does."""
    found = {}
    for kind, ours in parts(one).items():
        theirs = parts(other)[kind]
        pairs = [*zip(ours, theirs, strict=False), (len(ours), len(theirs))]
        if ours != theirs:
            found[kind] = next(pair for pair in pairs if pair[0] != pair[1])
    return found


@pytest.mark.parametrize(
    "name",
    [f"{part}{document}{end}" for document in DOCUMENTS for part, end in (("", ".qmd"), ("_", ".yml"))],
)
def test_both_languages_have_the_same_parts(name):
    assert differences(*(read(lang, name) for lang in LANGUAGES)) == {}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("# Conclusion {#sec-conclusion}", "## Conclusion {#sec-conclusion}", "sections"),
        ("{{< include tables/table5.md >}}", "", "tables and other includes"),
        ("figures/bounds)", "figures/table4)", "figures"),
        ("[@geiger2012; @erkkila2012]", "[@geiger2012]", "citations"),
        ("@tbl-ownership", "@tbl-status", "references"),
        ("{{< var wifi.access_points >}}", "{{< var wifi.capacity.mbps >}}", "variables"),
        ('on="C149:ambiguous"', 'on="C148:reproduced"', "grounds"),
    ],
)
def test_a_part_that_one_language_lacks_is_noticed(before, after, kind):
    whole = read("en", "article.qmd")
    assert before in whole
    assert kind in differences(whole, whole.replace(before, after))
