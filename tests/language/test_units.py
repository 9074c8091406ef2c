import json

import pytest
from helpers import ROOT

from analysis.language.labels import catalogue
from analysis.language.units import UNITS, unit_words


def test_an_unknown_unit_is_spelt_without_underscores(lang):
    assert unit_words("street_lamp", lang) == "street lamp"


@pytest.mark.parametrize("city", ["bandung", "contoh"])
def test_every_unit_of_the_shipped_cities_has_words(city):
    results = json.loads((ROOT / f"data/processed/{city}/results.json").read_text("utf-8"))
    units = {result["unit"] for result in results.values()} - {"IDR", "Mbps"}
    assert units <= set(UNITS)
    assert {f"unit.{unit}" for unit in UNITS} <= set(catalogue())
    assert unit_words("IDR", "en") == "rupiah"
