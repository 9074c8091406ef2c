"""Spellings of agencies that are read as one: proposed in `mapping.yaml`, and reported."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from analysis.intake.column_fit import owners_of
from analysis.intake.import_values import Values
from analysis.intake.mapping import ColumnChoice, SpellingChoice
from analysis.intake.sheet_tables import Table
from analysis.intake.sheets import CUT, ImportProblem
from analysis.language.agencies import AgencyKey, agency_key, is_agency_name, meant, vocabulary
from analysis.language.names import comparable
from analysis.language.problems import Problem
from analysis.language.terms import EXACT, without_code

MOST = 1_000
"""Spellings from which agencies are not compared: there are no cities with so many."""
FURTHER = 2
"""Words by which the names of two agencies may differ and still be worth asking about."""
SHARED = 2
"""Words that two such names must have in common."""


def propose_owners(
    table: Table, choice: ColumnChoice, chosen: Mapping[str, SpellingChoice]
) -> dict[str, SpellingChoice]:
    """Return what every spelling of an agency means that is not the only one, or that may be another's.

    Parameters
    ----------
    table, choice : Table, ColumnChoice
        The inventory, and what its agencies are read from.
    chosen : mapping
        What somebody has decided, by spelling; the score of a decision is 0.

    Returns
    -------
    dict
        By spelling the name that is used for it. Agencies that differ in a word that matters are listed under
        their own names.
    """
    found = Counter(text for text in owners_of(table, choice).values() if text)
    if len(found) > MOST:
        return {}
    groups = _groups(found)
    names = {text: _name(group, found) for group in groups for text in group}
    several = {text for group in groups for text in group if len(group) > 1 or names[text] != text}
    listed = several | {text for pair in _in_doubt(set(names.values())) for text in pair} | set(chosen)
    return {
        text: _choice(text, names[text], chosen, rows)
        for text, rows in sorted(found.items(), key=lambda item: (names[item[0]], -item[1], item[0]))
        if text in listed
    }


def use_names(values: Values, owners: Mapping[str, SpellingChoice]) -> None:
    """Give every record the name of its agency; warn once for each name of the spellings that it replaces."""
    replaced: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, text in values.texts.items():
        choice = owners.get(text or "")
        if text and choice and choice.code != text:
            values.texts[row] = choice.code
            is_decided = not choice.score
            if not is_decided and comparable(text) != comparable(choice.code):
                replaced[choice.code][text].append(row)
    for name, spellings in replaced.items():
        if [without_code(text) for text in spellings] == [name]:
            continue  # nothing is merged
        rows = sorted(row for where in spellings.values() for row in where)
        said = ", ".join(f"“{text}”" for text in spellings)
        about = (values.file, rows, values.column, said[: 2 * CUT], name)
        values.problems.append(ImportProblem.of_rows("agencies_grouped", *about, is_warning=True))


def tell_doubtful(values: Values, owners: Mapping[str, SpellingChoice]) -> Iterator[Problem]:
    """Warn of agencies that may be the same and are kept apart."""
    undecided = {choice.code for choice in owners.values() if choice.score}
    for one, other in _in_doubt(undecided):
        yield ImportProblem("agencies_alike", values.file, None, values.column, one, other, is_warning=True)


def _groups(found: Mapping[str, int]) -> list[list[str]]:
    """Return the spellings that stand for the same agency together, each in one group."""
    by_key: dict[object, list[str]] = defaultdict(list)
    for text in found:
        by_key[_key(text)].append(text)
    for key in [key for key in by_key if isinstance(key, tuple)]:
        longs = [other for other in by_key if isinstance(other, tuple) and other != key and meant(key, other)]
        if len(longs) == 1:  # of several, nobody knows which
            by_key[longs[0]] += by_key.pop(key)
    return list(by_key.values())


def _key(text: str) -> object:
    """Return what a spelling has in common with others of its agency; no more than letters elsewhere."""
    key = agency_key(text)
    is_known = is_agency_name(text) or not vocabulary().isdisjoint(key.words)
    return key.words if is_known and key.words else comparable(text)


def _name(group: Sequence[str], found: Mapping[str, int]) -> str:
    """Return the spelling that is used for all, without a code: one in full, then the most frequent."""
    best = max(group, key=lambda text: (agency_key(text).score == EXACT, found[text], -group.index(text)))
    return without_code(best) if is_agency_name(best) else best


def _choice(text: str, name: str, chosen: Mapping[str, SpellingChoice], rows: int) -> SpellingChoice:
    if text in chosen and chosen[text].code != name:
        return SpellingChoice(chosen[text].code, 0, rows)
    score = EXACT if text == name else min(agency_key(text).score, agency_key(name).score)
    is_confirmed = text in chosen and chosen[text].score == 0
    return SpellingChoice(name, 0 if is_confirmed else score, rows)


def _in_doubt(names: set[str]) -> list[tuple[str, str]]:
    """Return the pairs of names of which one says a little more, in words of agencies, or is the initials."""
    keys = {name: agency_key(name) for name in sorted(names) if is_agency_name(name) or name.isupper()}
    return [
        (one, other)
        for one, other in combinations(keys, 2)
        if _may_be_same(keys[one], keys[other]) or _may_be_same(keys[other], keys[one])
    ]


def _may_be_same(short: AgencyKey, long: AgencyKey) -> bool:
    less, more = set(short.words), set(long.words)
    if len(less) == 1 and len(more) > 1:
        (word,) = less
        return word == "".join(one[0] for one in long.words) or meant(short.words, long.words)
    further = more - less
    return len(less) >= SHARED and less < more and len(further) <= FURTHER and further <= vocabulary()
