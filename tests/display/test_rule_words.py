import pytest

from analysis.display.rule_words import in_words, is_computed
from analysis.language.labels import LANGUAGES
from analysis.results import origins, rebuilt_files
from analysis.results.operations import OPERATIONS


@pytest.mark.parametrize(
    ("rule", "indonesian", "english"),
    [
        ("sum(a.b a.c 1)", "a.b + a.c + 1", "a.b + a.c + 1"),
        ("difference(a.b a.c)", "a.b − a.c", "a.b − a.c"),
        ("share(a.b a.c)", "bagian a.b dari a.c", "a.b as a share of a.c"),
        (
            "count_where(a.csv; b=x|y; c!=z)",
            "banyaknya baris a.csv, dengan syarat b adalah x atau y dan c bukan z",
            "number of rows of a.csv, where b is x or y and c is not z",
        ),
        ("sum_where(a.csv:b)", "jumlah a.csv:b", "sum of a.csv:b"),
        (
            "contains_word(a.csv:b a.csv:c; x|y z)",
            "banyaknya baris dengan x atau y z pada a.csv:b, a.csv:c",
            "number of rows with x or y z in a.csv:b, a.csv:c",
        ),
        ("overlap_at_least(a.b a.c a.d)", None, "lower bound of those in all of a.b, a.c, out of a.d"),
        ("total of all", "total of all", "total of all"),
        ("(status: planned + trial) / total", None, "(Planned + On trial) ÷ Total"),
        ("status: trial / total", "Diujicobakan ÷ Jumlah", "On trial ÷ Total"),
        ("nothing(a.b)", "nothing(a.b)", "nothing(a.b)"),
        (
            "not updated for 9 months / all of these",
            "aplikasi yang tidak dimutakhirkan selama 9 bulan ÷ seluruhnya",
            "applications not updated for 9 months ÷ all of these",
        ),
        (
            "status: largest / total",
            "kategori terbesar menurut status penggunaan ÷ Jumlah",
            "largest category by status of use ÷ Total",
        ),
    ],
)
def test_the_rule_of_a_derived_result_is_told_in_words_and_any_other_stays(rule, indonesian, english):
    assert in_words(rule, "en") == english
    assert indonesian in (None, in_words(rule, "id"))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_has_words(operation):
    rule = f"{operation}(a.one a.two; b=c)"
    assert is_computed(rule)
    for lang in LANGUAGES:
        assert "a.one" in in_words(rule, lang)
        assert "{" not in in_words(rule, lang)


@pytest.mark.parametrize("city", ["bandung", "contoh"])
def test_every_rule_of_a_rebuilt_number_has_words_of_a_reader(city):
    rebuilt = rebuilt_files.load(city)
    rules = {origin.rule for origin in origins.every(rebuilt).values()}
    assert [rule for rule in rules if in_words(rule, "id") == rule] == []
