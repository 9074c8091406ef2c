"""The tests that the page on reliability names exist, and every fault has one."""

import re

from conftest import ROOT

PAGE = (ROOT / "docs/reliability.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([\d, ]+) \| .* \| `(tests/\S+\.py)::(\w+)` \|$", PAGE, re.MULTILINE)


def test_every_fault_has_a_test():
    assert {int(number) for numbers, _, _ in ROWS for number in numbers.split(", ")} == set(range(1, 26))


def test_every_test_that_is_named_exists():
    missing = [name for _, path, name in ROWS if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
    assert missing == []


def test_every_target_that_is_named_exists():
    targets = re.findall(r"`make\s+([\w-]+)`", PAGE)
    makefile = (ROOT / "Makefile").read_text()
    assert targets
    assert [name for name in targets if f"\n{name}:" not in makefile] == []
