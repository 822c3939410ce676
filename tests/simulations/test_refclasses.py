"""Files of reference classes: what is told of a fault, and what stands behind one's own."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import FileError, ReferenceClassError
from simulations.refclasses import Sizes
from simulations.reffiles import built_in_reference, parse_reference, read_reference

if TYPE_CHECKING:
    from pathlib import Path

    from simulations.refclasses import ReferenceFile

BAND: dict[str, Any] = {"from": 0, "to": 365, "items": 40, "later": 10}
SIZES: dict[str, Any] = {"count": 3, "values": [10, 20, 40]}


def a_class(**keys: Any) -> dict[str, Any]:
    own = {"id": "ours", "title": "our plans", "basis": "dates", "bands": [BAND], "sizes": SIZES}
    return {key: value for key, value in {**own, **keys}.items() if value != "left out"}


def read(*classes: dict[str, Any], **keys: Any) -> ReferenceFile:
    content = {"schema": "knockon/reference@1", "classes": list(classes), **keys}
    return parse_reference(json.dumps(content), name="ours.json", behind=built_in_reference())


def refused(*classes: dict[str, Any], **keys: Any) -> str:
    with pytest.raises(ReferenceClassError) as caught:
        read(*classes, **keys)
    told = str(caught.value)
    assert told.startswith("ours.json holds no usable reference classes: ")
    assert told.endswith((".", ")"))
    return told.removeprefix("ours.json holds no usable reference classes: ")


def test_ones_own_class_speaks_and_the_built_in_ones_stand_behind_it() -> None:
    file = read(a_class())
    assert (file.dates, file.durations) == ("ours", "tracked-projects")
    assert [one.id for one in file.classes][:2] == ["ours", "council-improvement"]


def test_a_class_of_the_same_name_takes_the_place_of_the_built_in_one() -> None:
    file = read(a_class(id="council-improvement"))
    assert file.find("council-improvement").items == 40
    assert len(file.classes) == len(built_in_reference().classes)


def test_a_file_may_say_that_nothing_speaks() -> None:
    assert read(a_class(), dates="none", durations="none").dates == "none"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"basis": "costs"}, 'class "ours", field "basis": input should be \'dates\''),
        ({"bands": []}, 'class "ours": it has no bands.'),
        (
            {"sizes": {"count": 1, "values": []}},
            'class "ours", field "sizes": there are no values.',
        ),
        ({"bands": [{**BAND, "later": 41}]}, "more items moved than were looked at."),
        ({"bands": [{**BAND, "later": 30, "earlier": 11}]}, "more items moved than were"),
        ({"bands": [{**BAND, "to": 0.0001, "from": 5}]}, "ends at 0.0001, before it begins."),
        ({"bands": [{**BAND, "items": 0, "later": 0}]}, "nothing was looked at"),
        ({"bands": [{**BAND, "later": -1}]}, "greater than or equal to 0."),
        ({"bands": [BAND, {**BAND, "from": 400, "to": None}]}, "without gap or overlap."),
        ({"bands": [{**BAND, "to": None}, BAND]}, "without gap or overlap."),
        ({"sizes": {"count": 1, "values": [10, 20]}}, "more values than are counted."),
        ({"sizes": {"count": 2, "values": [20, 10]}}, "not in ascending order."),
        ({"sizes": {"count": 2, "values": [0, 10]}}, "greater than 0."),
        ({"sizes": "left out"}, "nothing says how far items move (sizes)."),
        ({"groups": [{"items": 2, "later": 3}]}, "more items moved than were looked at."),
        ({"larger": "others"}, 'there is no class "others" of dates.'),
        ({"larger": "tracked-projects"}, 'there is no class "tracked-projects" of dates.'),
        ({"larger": "ours"}, "classes lean on each other in a circle."),
        ({"id": "none"}, "this id means no class at all."),
        ({"slips": 3}, 'the key "slips" is unknown'),
        (
            {"basis": "durations", "bands": [{**BAND, "earlier": 3}]},
            "work took less than planned, and nothing says how much (cuts).",
        ),
    ],
)
def test_a_fault_is_told_in_one_sentence(keys: dict[str, Any], told: str) -> None:
    assert told in refused(a_class(**keys))


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"dates": "others"}, 'field "dates": there is no class "others" of dates.'),
        ({"durations": "ours"}, 'field "durations": there is no class "ours" of durations.'),
        ({"schema": "knockon/plan@1"}, "'knockon/reference@1'."),
        ({"schema": None}, 'field "schema": write "knockon/reference@1" here.'),
    ],
)
def test_faults_of_the_file(keys: dict[str, Any], told: str) -> None:
    assert told in refused(a_class(), **keys)


def test_a_file_without_classes() -> None:
    assert refused() == "the file: it has no classes."


def test_only_what_is_wrong_is_counted() -> None:
    told = refused(a_class(bands=[{**BAND, "later": "10"}]))
    assert told == 'class "ours", field "bands.0.later": this must be a number.'


def test_two_classes_of_one_name() -> None:
    assert refused(a_class(), a_class()) == "two classes have one id."


def test_classes_in_a_circle_of_two() -> None:
    told = refused(a_class(larger="theirs"), a_class(id="theirs", larger="ours"))
    assert "classes lean on each other in a circle. (and 1 more)" in told


def test_what_is_no_json_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReferenceClassError, match="it is not JSON"):
        parse_reference("{", name="ours.json", behind=None)
    with pytest.raises(FileError):
        read_reference(tmp_path / "absent.json")


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ours.json"
    path.write_text(json.dumps({"schema": "knockon/reference@1", "classes": [a_class()]}))
    assert read_reference(path).dates == "ours"


def test_a_class_that_there_is_not() -> None:
    with pytest.raises(ReferenceClassError) as caught:
        built_in_reference().find("councils")
    assert str(caught.value) == (
        'There is no reference class "councils": name one of council-improvement, '
        "government-programmes, capital-projects, it-activities, tracked-projects, none, or a "
        "file that ends in .json."
    )


def test_logarithms_of_stated_values() -> None:
    three = Sizes(count=3, values=(1, math.e, math.e**2))
    assert (three.centre, three.spread) == pytest.approx((1, 1))
    assert Sizes(count=1, values=(5,)).spread == 0
    told = Sizes(count=9, values=(5,), log_mean=2.5, log_sd=0.5)
    assert (told.centre, told.spread) == (2.5, 0.5)
