"""Paragraphs from lines as other programs set them: without the blanks that LibreOffice leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loaders.document_parts import BOLD, PLAIN
from loaders.pdf_lines import Line
from loaders.pdf_paragraphs import Area, Typesetting, read_paragraphs

RIGHT = 200.0


def set_lines(*texts: str, step: float = 12.0, left: float = 10.0, page: int = 1) -> list[Line]:
    """Return lines of letters 5 points wide; ``|`` begins one with more room above it."""
    lines, top = [], 100.0
    for text in texts:
        top += step * (2 if text.startswith("|") else 1)
        bare = text.removeprefix("|")
        bullet = bare.startswith("•")
        words = bare.removeprefix("•").strip()
        begin = left + 10 * bullet
        lines.append(
            Line(
                text=words,
                left=left,
                right=begin + 5.0 * len(words),
                top=top,
                bottom=top + 10,
                size=10.0,
                page=page,
                first=5.0 * len(words.split()[0]),
                bullet=bullet,
                text_left=begin,
            )
        )
    return lines


def read(lines: list[Line], *others: Line, right: float = RIGHT) -> list[str]:
    setting = Typesetting([Area(lines, right), Area(others, right)])
    return [one.text for one in read_paragraphs(lines, right, setting)]


FULL = "The harbour is old and must be deep"


def test_lines_that_fill_the_width_go_on_and_short_ones_end() -> None:
    assert read(set_lines(FULL, "again.", "The tide turns.", "Crew")) == [
        *(f"{FULL} again.", "The tide turns.", "Crew")
    ]
    # A small letter goes on even after a short line, unless that ended a sentence.
    assert read(set_lines("Short", "line", "ends:", "small")) == ["Short line ends:", "small"]


def test_room_above_a_line_begins_a_paragraph() -> None:
    assert read(set_lines(FULL, "|and small letters", "follow it")) == [
        *(FULL, "and small letters follow it")
    ]
    wide = set_lines(FULL, "goes on " + "x" * 28, "in wide lines.", step=20.0)
    assert read(wide, *set_lines("usual", "lines")) == [" ".join(line.text for line in wide)]


def test_bullets_begin_entries_and_depth_follows_the_indent() -> None:
    outer = set_lines("Milestones:", "•Tender drawn up and")
    wrapped = replace(set_lines("agreed")[0], left=20.0, top=136.0, bottom=146.0)
    inner = replace(set_lines("•Lots")[0], left=30.0, text_left=40.0, top=148.0, bottom=158.0)
    after = replace(set_lines("After " + "x" * 30)[0], top=160.0, bottom=170.0)
    lines = [*outer, wrapped, inner, after]
    setting = Typesetting([Area(lines, RIGHT)])
    found = [(one.text, one.entry) for one in read_paragraphs(lines, RIGHT, setting)]
    assert found == [
        *(("Milestones:", 0), ("Tender drawn up and agreed", 1), ("Lots", 2)),
        ("After " + "x" * 30, 0),
    ]


def test_large_letters_are_headings_outside_cells() -> None:
    body = set_lines(FULL, FULL, FULL)
    head = replace(set_lines("Dredging")[0], size=12.0, top=90.0, bottom=102.0)
    title = replace(head, text="Plan", size=20.0, top=60.0, bottom=80.0)
    lines = [title, head, *body]
    setting = Typesetting([Area(lines, RIGHT)])
    found = read_paragraphs(lines, RIGHT, setting, headings=True)
    assert [(one.text[:8], one.heading) for one in found] == [
        *(("Plan", 1), ("Dredging", 2), ("The harb", 0))
    ]
    assert [one.heading for one in read_paragraphs(lines, RIGHT, setting)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("first", "second", "parts"),
    [
        (FULL, "again", 1),
        (FULL + ".", "Next", 2),  # full, but a sentence ends and the page too
        (FULL + ";", "Next", 1),
        (FULL + ".", "small", 1),
        ("Short", "Next", 2),
        ("Short", "next", 1),
    ],
)
def test_paragraphs_across_pages(first: str, second: str, parts: int) -> None:
    lines = [*set_lines(first), *set_lines(second, page=2)]
    assert len(read(lines)) == parts


def test_hyphens_and_cut_words() -> None:
    known = set_lines("the improvement plan is well-known here", "an organisational word here")

    def join(first: str, second: str) -> str:
        return read(set_lines("x " * 14 + first, second), *known)[0].removeprefix("x " * 14)

    assert join("improve-", "ment") == "improvement"
    assert join("well-", "known") == "well-known"
    assert join("life-", "long") == "life-long"
    assert join("soft\u00ad", "ware") == "software"
    assert join("City -", "centre") == "City - centre"
    assert join("xx organis", "ational") == "xx organisational"
    assert join("xx organ", "ised") == "xx organ ised"


def test_blanks_tell_where_a_document_shows_that_they_do() -> None:
    broken = [replace(line, blank=True) for line in set_lines(*["goes on"] * 6)]
    closed = [Area([*broken[:5], replace(broken[5], blank=False)], RIGHT)] * 6
    first = replace(set_lines("Director of")[0], blank=True)
    second = replace(first, text="Docks", blank=False, top=140.0, bottom=150.0)
    third = replace(second, text="small", top=152.0, bottom=162.0)
    setting = Typesetting([*closed, Area([first, second, third], RIGHT)])
    assert setting.tells
    found = read_paragraphs([first, second, third], RIGHT, setting)
    assert [one.text for one in found] == ["Director of Docks", "small"]
    assert not Typesetting([Area(set_lines(*["goes on"] * 9), RIGHT)]).tells


def test_rows_that_a_page_end_may_have_cut_do_not_say_whether_blanks_tell() -> None:
    broken = [replace(line, blank=True) for line in set_lines(*["goes on"] * 6)]
    closed = [Area([*broken[:5], replace(broken[5], blank=False)], RIGHT)] * 6
    cut = Area(broken, RIGHT, cut=True)
    assert Typesetting([*closed, *[cut] * 6]).tells
    assert not Typesetting([*closed, *[cut._replace(cut=False)] * 6]).tells


def test_bold_words_are_marked_over_line_ends() -> None:
    def mark(*lines: tuple[str, tuple[tuple[int, int], ...]]) -> str:
        made = set_lines(*(text for text, _ in lines))
        made = [replace(line, bold=bold) for line, (_, bold) in zip(made, lines, strict=True)]
        wide = 5.0 * max(len(text) for text, _ in lines)
        area = Area(made, 10 + wide)
        (found,) = read_paragraphs(made, area.right, Typesetting([area]))
        return found.text.replace(BOLD, "[").replace(PLAIN, "]")

    first = ("The old harbour is the", ((4, 7), (8, 15), (19, 22)))
    assert mark(first, ("deepest of", ((0, 7),))) == "The [old harbour] is [the deepest] of"
    assert mark(("The new soft\u00ad", ((8, 13),)), ("ware", ((0, 4),))) == "The new [software]"
    # A hyphen before a change of type ends a word: "in place- Due in May".
    assert mark(("A crew in place-", ()), ("due", ((0, 3),))) == "A crew in place- [due]"
    assert mark(("A crew in life-", ()), ("long", ())) == "A crew in life-long"


def test_sentences_inside_an_entry_stay_together_over_a_page_end() -> None:
    first = set_lines("•Tender drawn up.")
    second = replace(set_lines("Crew hired.", page=2)[0], left=20.0)
    third = replace(set_lines("After it.", page=2)[0], top=130.0, bottom=140.0)
    assert read([*first, second, third]) == ["Tender drawn up. Crew hired.", "After it."]


def test_nothing() -> None:
    assert read([]) == []
