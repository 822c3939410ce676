"""Which item a phrase means."""

from __future__ import annotations

import pytest

from loaders.named_items import Names, find_subject


@pytest.fixture
def names() -> Names:
    names = Names({"QRS": "Quay Repair Scheme"})
    for item, theme, title in (
        ("A.1", "A", "Approval of Long-Term Harbour Plan"),
        ("A.2", "A", "Review of mooring rules"),
        ("A.3", "A", "Skipper Training"),
        ("A.4", "A", "Decision on options for another toll system"),
        ("A.5", "A", "Quay Repair Scheme started"),
        ("B.1", "B", "Night Training"),
        ("B.2", "B", "Day Training"),
        ("B.3", "B", "Lamp strategy agreed"),
    ):
        names.add(item, theme, title)
    return names


FOUND = [
    ("The approval of LTHP", "A", "", "A.1"),  # initials of a title
    ("the QRS start", "A", "", "A.5"),  # an abbreviation that is spelled out
    ("Training", "A", "", "A.3"),  # one word that ends one title
    ("Training", "B", "", None),  # or two
    ("lamp strategies agreed", "A", "", "B.3"),  # another theme, a plural
    ("Final decision report", "A", "Toll system", "A.4"),  # its heading completes it
    ("Final report", "A", "Toll system", None),  # which it cannot do alone
    ("review", "A", "changes to mooring", "A.2"),
    ("gulls", "A", "", None),
    ("the of", "A", "Toll system", None),
]


@pytest.mark.parametrize(("phrase", "theme", "context", "item"), FOUND)
def test_phrases(names: Names, phrase: str, theme: str, context: str, item: str | None) -> None:
    assert names.find(phrase, theme, context) == item


def test_what_cannot_be_meant_is_left_out(names: Names) -> None:
    assert names.find("Day Training", "B", without={"B.2"}) is None
    assert names.find("Training", "B", without={"B.2"}) == "B.1"


def test_titles_of_the_same_theme(names: Names) -> None:
    assert names.find_own("Lamp strategy agreed", "B") == "B.3"
    assert names.find_own("Lamp strategy agreed", "A") is None
    assert names.find_own("Lamp strategy", "B") == "B.3"
    assert names.find_own("Lamp", "B") is None
    assert names.find_own("", "B") is None


@pytest.mark.parametrize(
    ("phrase", "subject"),
    [
        ("Training to be rolled out", "Training"),
        ("Report due at Council", "Report"),
        ("Scheme agreed by May 2025", "Scheme agreed"),
        ("will be done", "will be done"),
        ("Toll review", "Toll review"),
    ],
)
def test_subjects(phrase: str, subject: str) -> None:
    assert find_subject(phrase) == subject
