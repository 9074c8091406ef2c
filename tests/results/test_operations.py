from analysis.raw_data.schemas import schemas
from analysis.results.operations import FORMS, OPERATIONS, at_least, at_most


def test_the_schema_lists_the_operations_that_there_are():
    fields = {field["name"]: field for field in schemas()["derivations"]["schema"]["fields"]}
    assert fields["operation"]["constraints"]["enum"] == list(OPERATIONS)


def test_every_operation_takes_something_that_can_be_written():
    assert {one.takes for one in OPERATIONS.values()} == set(FORMS)
    assert all(1 <= one.least <= one.most for one in OPERATIONS.values())


def test_bounds_of_an_intersection_hold_for_sets_that_are_as_far_apart_and_as_near_as_can_be():
    whole = range(10)
    apart, near = (set(whole[:7]), set(whole[-6:])), (set(whole[:7]), set(whole[:6]))
    assert at_least((7, 6), 10) == len(set.intersection(*apart))
    assert at_most((7, 6)) == len(set.intersection(*near))
    assert at_least((2, 3), 10) == 0
