"""Made-up names of applications, as inventories of Indonesian cities have them."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

FEWEST, MOST = 2, 6
"""Agencies that run a shared system, each under its own spelling."""
Application = tuple[str, str, str]
"""Name, agency, function."""


@cache
def words() -> dict[str, Any]:
    """Return the words that synthetic cities are made of, from ``synthesis.yaml``."""
    document = files(__package__).joinpath("synthesis.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(document)
    return loaded


def shuffled(generator: np.random.Generator, things: Sequence[Any]) -> list[Any]:
    """Return the items in random order."""
    return [things[n] for n in np.argsort(generator.random(len(things)), kind="stable")]


def national(generator: np.random.Generator, wanted: int) -> list[Application]:
    """Choose at most `wanted` applications that ministries provide to local governments."""
    return [tuple(row) for row in shuffled(generator, words()["national"])[:wanted]]


def shared(generator: np.random.Generator, wanted: int) -> list[Application]:
    """Spread at most `wanted` applications over systems that several agencies run, spelt differently."""
    rows: list[Application] = []
    for system in shuffled(generator, words()["shared"]):
        agencies = shuffled(generator, system.get("agencies", list(words()["agencies"])))
        holders = agencies[: FEWEST + int((MOST - FEWEST + 1) * generator.random())]
        names = shuffled(generator, system["names"])
        functions = shuffled(generator, system["functions"])
        if len(rows) + len(holders) <= wanted:
            rows += [
                (names[n % len(names)], owner, functions[n % len(functions)])
                for n, owner in enumerate(holders)
            ]
    return rows


def own(generator: np.random.Generator, wanted: int) -> list[Application]:
    """Name `wanted` applications after their agencies' tasks; each topic once, then again in another form."""
    agencies = words()["agencies"]
    topics = shuffled(generator, [(owner, topic) for owner, about in agencies.items() for topic in about])
    forms = words()["forms"]
    first = [int(len(forms) * draw) for draw in generator.random(len(topics))]
    rows: list[Application] = []
    for n in range(wanted):
        turn, place = divmod(n, len(topics))
        owner, topic = topics[place]
        name, function = forms[(first[place] + turn) % len(forms)]
        filled = {"topic": topic, "Topic": _titled(topic), "ACRONYM": _acronym(topic)}
        rows.append((name.format(**filled), owner, function.format(**filled)))
    return rows


def _titled(topic: str) -> str:
    return " ".join(word if word == "dan" else word[0].upper() + word[1:] for word in topic.split())


def _acronym(topic: str) -> str:
    """Form a name in the style of agencies: "gizi balita" becomes SIGIBAL."""
    *others, last = (word.lower() for word in topic.split() if word != "dan")
    parts = [re.sub(r"^([^aiueo]*[aiueo]?).*", r"\1", word) for word in others]
    return "".join(["si", *parts, re.sub(r"^([^aiueo]*[aiueo]?[^aiueo]?).*", r"\1", last)]).upper()
