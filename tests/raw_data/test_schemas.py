from helpers import FILES

from analysis.raw_data import raw
from analysis.raw_data.schemas import columns_of, schemas


def test_schemas_say_everything_in_both_languages():
    for name, kind in schemas().items():
        for part in (kind, *kind["schema"]["fields"]):
            for key in ("title", "title_en", "description", "description_en"):
                assert part[key].strip(), (name, part.get("name"), key)


def test_every_raw_file_has_a_parser_or_holds_text():
    types = {field["type"] for kind in schemas().values() for field in kind["schema"]["fields"]}
    assert types - set(raw.PARSERS) == {"string"}


def test_columns_are_in_the_order_of_the_file():
    assert ",".join(columns_of("evidence")) == FILES["evidence"].splitlines()[0]
