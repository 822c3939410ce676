from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from loaders.docx_lists import Lists
from loaders.docx_names import W, read_number
from loaders.numerals import write_letters, write_roman


def level(number: int, kind: str, text: str, *more: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/>{"".join(more)}</w:lvl>'
    )


def numbering(forms: dict[str, str], nums: dict[str, tuple[str, str]]) -> Any:
    space = W.strip("{}")
    content = [
        *(f'<w:abstractNum w:abstractNumId="{n}">{x}</w:abstractNum>' for n, x in forms.items()),
        *(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="{form}"/>{x}</w:num>'
            for n, (form, x) in nums.items()
        ),
    ]
    return ET.fromstring(f'<w:numbering xmlns:w="{space}">{"".join(content)}</w:numbering>')


OUTLINE = (
    level(0, "decimal", "SI%1") + level(1, "decimal", "SI%1.%2") + level(2, "lowerLetter", "%3)")
)


def test_numbers_count_by_level_and_begin_anew_below_the_next_one() -> None:
    lists = Lists(numbering({"0": OUTLINE}, {"5": ("0", "")}), {})
    counted = [lists.count("5", one) for one in (0, 1, 2, 2, 1, 2, 0, 1)]
    assert counted == ["SI1", "SI1.1", "a)", "b)", "SI1.2", "a)", "SI2", "SI2.1"]


def test_lists_of_one_form_count_on_unless_one_says_it_begins() -> None:
    begins = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    lists = Lists(
        numbering({"0": OUTLINE}, {"1": ("0", ""), "2": ("0", ""), "3": ("0", begins)}), {}
    )
    assert [lists.count(one, 0) for one in "1233"] == ["SI1", "SI2", "SI7", "SI8"]


def test_bullets_nothing_and_lists_that_are_not_there() -> None:
    form = level(0, "bullet", "\uf0b7") + level(1, "none", "") + level(2, "none", "Note")
    lists = Lists(numbering({"0": form}, {"1": ("0", ""), "2": ("9", "")}), {})
    assert [lists.count("1", one) for one in range(4)] == ["", None, "", None]
    assert (lists.count("2", 0), lists.count("8", 0), Lists(None, {}).count("1", 0)) == (None,) * 3


def test_the_sign_of_a_bullet() -> None:
    # Word's own list: the letter "o" of Courier is its circle, a letter of Wingdings its square.
    signs = ["\uf0b7", "o", "\uf0a7", "\u2013"]
    form = "".join(level(place, "bullet", sign) for place, sign in enumerate(signs))
    lists = Lists(numbering({"0": form + level(4, "decimal", "%5.")}, {"1": ("0", "")}), {})
    assert [lists.find_sign("1", one) for one in range(6)] == ["•", "○", "▪", "\u2013", "", ""]
    assert lists.find_sign("9", 0) == ""


def test_a_level_that_does_not_begin_anew_and_legal_numbers() -> None:
    form = (
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%1.%2", "<w:isLgl/>", '<w:lvlRestart w:val="0"/>')
        + level(2, "decimal", "%1/%2")
    )
    lists = Lists(numbering({"0": form}, {"1": ("0", "")}), {})
    counted = [lists.count("1", one) for one in (0, 1, 0, 1, 2)]
    assert counted == ["I.", "1.1", "II.", "2.2", "II/2"]


def test_a_form_may_stand_in_a_style_and_a_level_may_be_replaced() -> None:
    forms = {"0": '<w:numStyleLink w:val="House"/>', "1": level(0, "decimal", "%1.")}
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "(%1)", start=3)}</w:lvlOverride>'
    lists = Lists(
        numbering(forms, {"1": ("0", ""), "2": ("1", ""), "3": ("1", other)}), {"House": "2"}
    )
    assert (lists.count("1", 0), lists.count("3", 0)) == ("1.", "(B)")
    circle = Lists(numbering({"0": forms["0"]}, {"1": ("0", "")}), {"House": "1"})
    assert circle.count("1", 0) is None


@pytest.mark.parametrize(
    ("number", "roman", "letters"),
    [
        (1, "i", "a"),
        (4, "iv", "d"),
        (26, "xxvi", "z"),
        (27, "xxvii", "aa"),
        (1994, "mcmxciv", None),
    ],
)
def test_roman_and_letters(number: int, roman: str, letters: str | None) -> None:
    assert write_roman(number) == roman
    assert letters is None or write_letters(number) == letters


def test_a_number_that_is_none_is_the_default() -> None:
    root = numbering({"0": '<w:lvl><w:start w:val="many"/></w:lvl>'}, {})
    assert read_number(root, "abstractNum", "lvl", "start", default=4) == 4
