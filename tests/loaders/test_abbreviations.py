from __future__ import annotations

from loaders.abbreviations import find_abbreviations


def test_initials_directly_before_the_bracket() -> None:
    text = (
        "the new Harbour Recovery Board (HRB), Tides, Storms and Sea Walls (TSSW) and the "
        "\u201cQuay Team\u201d (QT); Small Boat Hubs (SBHs) but no such (NS) thing as (XYZ)"
    )
    assert find_abbreviations(text) == {
        "HRB": "Harbour Recovery Board",
        "TSSW": "Tides, Storms and Sea Walls",
        "QT": "Quay Team",
        "SBH": "Small Boat Hubs",
        "NS": "no such",
    }


def test_tags_and_entities_are_no_words() -> None:
    text = "<p>the <b>Quay &amp; Fish</b> <i>Market</i> (<b>QFM</b>)</p>"
    assert find_abbreviations(text) == {"QFM": "Quay & Fish Market"}


def test_two_meanings_are_none() -> None:
    assert find_abbreviations("Sea Wall (SW) and South West (SW)") == {}
    assert find_abbreviations("Sea Wall (SW) and sea wall (SW)") == {"SW": "Sea Wall"}
