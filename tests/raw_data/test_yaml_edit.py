import pytest
import yaml

from analysis.raw_data.yaml_edit import drop, put

DOCUMENT = """\
# The city of examples
name: x
city:            # its names
  name_id: Kota Baru   # as it calls itself
  # nothing more is known
publication:
  # who wrote it
  authors:
  - name: A   # first
    orcid: b
  date: '2026-01-02'
resources:
# the first
- name: a
"""


def comments(document):
    return [line.partition("#")[2] for line in document.splitlines() if "#" in line]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("name",), "y"),
        (("city", "name_id"), "Kota: Lama, 1"),
        (("city", "name_en"), "New"),
        (("publication", "date"), "2026-03-04"),
        (("publication", "authors", 0, "orcid"), "c"),
        (("publication", "authors", 0, "email"), "d@e"),
        (("publication", "authors", 1), {"name": "B", "affiliation": "C\n\nD"}),
        (("publication", "version"), "1.0"),
        (("licenses",), [{"name": "CC0-1.0"}]),
        (("new", "deep", "er"), "z"),
    ],
)
def test_one_value_changes_and_every_comment_stays(path, value):
    got = put(DOCUMENT, path, value)
    expected = node = yaml.safe_load(DOCUMENT)
    for key in path[:-1]:
        node = node[key] if isinstance(key, int) else node.setdefault(key, {})
    if isinstance(path[-1], int):
        node.append(value)
    else:
        node[path[-1]] = value
    assert yaml.safe_load(got) == expected
    assert set(comments(DOCUMENT)) <= set(comments(got))
    assert got.index("resources:") > got.index("city:")
    assert "".join(got.split()).endswith("resources:#thefirst-name:a")


def test_what_is_written_in_one_line_or_empty_is_added_to():
    assert yaml.safe_load(put("a: {b: 1}\n", ("a", "c"), 2)) == {"a": {"b": 1, "c": 2}}
    assert yaml.safe_load(put("a: []\n", ("a", 0), {"b": 1})) == {"a": [{"b": 1}]}


def test_a_part_goes_with_its_line_and_an_empty_block_with_its_last_part():
    got = drop(DOCUMENT, ("publication", "date"))
    assert "date" not in got
    assert comments(got) == comments(DOCUMENT)
    assert yaml.safe_load(drop("a: 1\nb:\n  c:\n    d: 2\n", ("b", "c", "d"))) == {"a": 1}
    assert drop(DOCUMENT, ("no", "such")) == DOCUMENT
