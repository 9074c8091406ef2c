"""The units of results and metrics in words."""

from analysis.language.labels import catalogue, text

UNITS = (
    *("count", "truth", "share", "percent", "ratio", "score", "name", "label", "year", "date", "ordinal"),
    *("application", "integration", "component", "record", "finding", "aspect", "indicator", "dimension"),
    *("working_area", "person", "role", "group", "coder", "agency", "category", "month", "duration_year"),
    *("service", "dataset", "dataset_per_month", "record_per_month", "item", "entry", "access_point"),
    *("sensor", "data_centre", "bank", "place", "city", "country", "subdistrict", "address", "stage"),
    *("stage_number", "scale_denominator", "work", "quotation", "appendix", "section", "law", "map", "study"),
)
"""Units that there are words for (``unit.<name>``)."""


def unit_words(unit: str, lang: str) -> str:
    """Return a unit in words; one that the catalogue does not have is spelt as it is, without underscores."""
    if unit == "IDR":
        return text("unit.rupiah", lang)
    key = f"unit.{unit}"
    return text(key, lang) if key in catalogue() else unit.replace("_", " ")
