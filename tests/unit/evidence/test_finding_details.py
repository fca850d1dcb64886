"""Details of a finding are worked out for whoever looks, once, and travel as plain numbers."""

import json
import pickle

from sim.records.seen.finding import Details, Finding


def finding(details):
    return Finding(
        "key",
        "lead",
        "share",
        0.1,
        0.0,
        0.2,
        0.95,
        "consistent",
        None,
        "A lead.",
        (),
        "sheets",
        "nothing",
        details,
    )


def test_nothing_is_worked_out_before_somebody_looks_and_then_once():
    asked = []
    details = Details(lambda: asked.append(1) or {"n": 7})
    before = len(asked)
    assert (before, details["n"], dict(details), len(asked)) == (0, 7, {"n": 7}, 1)


def test_a_finding_equals_one_with_the_same_numbers_in_a_dictionary():
    assert finding(Details(lambda: {"n": 7})) == finding({"n": 7})


def test_a_finding_that_travels_to_another_process_carries_the_numbers():
    assert pickle.loads(pickle.dumps(finding(Details(lambda: {"n": 7})))).details == {"n": 7}


def test_a_finding_is_written_as_json():
    assert json.loads(json.dumps(finding(Details(lambda: {"n": 7})).plain()))["details"] == {"n": 7}
