import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.names import comparable, spelt_alike

names = st.text(st.sampled_from("aAéÉ \u00a0\uff21b"), max_size=5)


def test_case_spacing_and_unicode_form_make_no_difference():
    assert comparable(" E-Surat\u00a0 Kota") == comparable("e-surat KOTA") == "e-surat kota"
    assert comparable("Ａ") == comparable("a")
    assert comparable("e-surat") != comparable("e surat")


def test_of_several_spellings_the_first_one_counts():
    got = spelt_alike(pd.DataFrame({"a": ["Lapor", "SIMPEG"], "b": ["simpeg", "LAPOR "]}))
    assert got.to_numpy().tolist() == [["Lapor", "simpeg"], ["simpeg", "Lapor"]]


@given(st.lists(st.tuples(names, names)))
def test_what_is_spelt_alike_is_equal_and_nothing_else_is(rows):
    before = pd.DataFrame(rows, columns=["a", "b"])
    after = spelt_alike(before)
    pairs = zip(before.to_numpy().ravel(), after.to_numpy().ravel(), strict=True)
    form = dict(pairs)
    assert all((comparable(x) == comparable(y)) == (form[x] == form[y]) for x in form for y in form)
