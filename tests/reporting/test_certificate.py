from collections import Counter

from helpers import make_package

from analysis.reporting.certificate import certificate

NOTHING_CHECKED = {"counts": Counter(), "checks": []}


def test_who_answers_for_it_date_and_terms_are_those_of_the_descriptor():
    package = make_package()
    for resource in package.resources.values():
        resource.update(path="x.csv", title="x", title_en="x", schema={"fields": []}, hash="sha256:0")
    vars(package.city)["descriptor"] = package.descriptor
    got = certificate(package, NOTHING_CHECKED, 0)["texts"][1]
    assert got["signed"] == [("Licence", "Data: no terms of use are stated yet.")]
    assert got["date"] == "1 January 1970"
    package.descriptor["publication"] = {
        "authors": [{"name": "Rina", "affiliation": "Universitas Airlangga"}, {"name": "Budi"}],
        "date": "2026-01-02",
        "contact": "prodi@example.org",
    }
    package.descriptor["licenses"] = [{"name": "CC0-1.0", "title": "Creative Commons Zero 1.0"}]
    got = certificate(package, NOTHING_CHECKED, 0)["texts"][1]
    assert got["signed"] == [
        ("Authors", "Rina, Universitas Airlangga; Budi"),
        ("Correspondence", "prodi@example.org"),
        ("Licence", "Data and text: Creative Commons Zero 1.0."),
    ]
    assert got["date"] == "2 January 2026"


def test_a_city_of_one_language_has_a_certificate_in_that_alone():
    package = make_package(**dict.fromkeys(("evidence", "findings", "informants", "metrics")))
    for resource in package.resources.values():
        resource.update(path="x.csv", title="x", title_en="x", schema={"fields": []}, hash="sha256:0")
    block = {"name_id": "Kota Uji", "province_id": "Jawa Timur", "synthetic": False}
    package.descriptor["city"] = block
    vars(package.city)["descriptor"] = package.descriptor
    got = certificate(package, NOTHING_CHECKED, 0)
    assert [one["lang"] for one in got["texts"]] == ["id"]
