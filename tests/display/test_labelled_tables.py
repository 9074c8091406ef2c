import pandas as pd
import pytest
from helpers import make_package

from analysis.display.labelled_tables import labelled
from analysis.language.labels import MissingTextError


def shown(lang="en", **columns):
    return labelled(pd.DataFrame(columns), make_package(), lang)


def test_columns_and_codes_have_their_labels_and_numbers_their_form():
    columns = {"polarity": ["mixed", "new"], "count": [1081, 2], "percent": [0.5, 1.0]}
    assert shown("id", **columns).frame.to_dict("list") == {
        "Arah": ["Beragam", "new"],
        "Jumlah": ["1.081", "2"],
        "Persen": ["50,0", "100,0"],
    }
    assert shown("en", **columns).align == ("left", "right", "right")


def test_a_last_row_that_is_a_total_is_named_and_set_apart():
    got = shown(category=["a", "total"], count=[1, 1])
    assert got.has_total
    assert got.frame.iloc[-1].tolist() == ["Total", "1"]


def test_a_text_that_only_reads_total_stays_as_it_is():
    got = shown(number=[1, 2], application=["total", "total"])
    assert not got.has_total
    assert got.frame["Application"].tolist() == ["total", "total"]


def test_a_table_without_rows_has_its_headings():
    assert shown(category=[], count=[]).frame.columns.tolist() == ["Category", "Count"]


def test_a_column_without_a_label_says_where_to_add_it():
    with pytest.raises(MissingTextError) as caught:
        shown(colour=["red"])
    in_indonesian, in_english = str(caught.value).splitlines()
    for message in (in_indonesian, in_english):
        assert message.startswith("src/analysis/language/labels.csv: ")
        assert "column.colour,<" in message
