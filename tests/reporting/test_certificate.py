from collections import Counter

from helpers import make_package

from analysis.reporting.certificate import certificate

NOTHING_CHECKED = {"counts": Counter(), "checks": []}


def test_authors_and_date_are_those_of_the_descriptor():
    package = make_package()
    for resource in package.resources.values():
        resource.update(path="x.csv", title="x", title_en="x", schema={"fields": []}, hash="sha256:0")
    got = certificate(package, NOTHING_CHECKED, 0)
    assert (got["authors"], got["texts"][1]["date"]) == ("", "1 January 1970")
    said = {"authors": [{"name": "Rina"}, {"name": "Budi"}], "date": "2026-01-02"}
    package.descriptor["publication"] = said
    got = certificate(package, NOTHING_CHECKED, 0)
    assert (got["authors"], got["texts"][1]["date"]) == ("Rina, Budi", "2 January 2026")
