from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.markup import read_parts, read_words


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("", []),
        ("<p> </p>", []),
        ("plain words", [("text", "plain words", 0)]),
        ("<p>One</p> <p>Two</p>", [("text", "One", 0), ("text", "Two", 0)]),
        ("One<br/>Two", [("text", "One", 0), ("text", "Two", 0)]),
        ("a <b>bo</b>ld <i>word</i>", [("text", "a bold word", 0)]),
        ("R&amp;D &lt;5%", [("text", "R&D <5%", 0)]),
        ("<5% or <script>x</script>", [("text", "<5% or <script>x</script>", 0)]),
        # A list cut off by the end of the cell, as converters leave it.
        ('Do it <ul style="x"> \u2022 A (1) \u2022 B ',
         [("text", "Do it", 0), ("bullet", "A (1)", 1), ("bullet", "B", 1)]),
        ("<ul> A one B two ", [("list", "A one B two", 1)]),
        ("<ul><li>A<ul><li>B</li></ul></li><li><p>C</p><p>D</p></li></ul> After",
         [("bullet", "A", 1), ("bullet", "B", 2), ("bullet", "C D", 1), ("text", "After", 0)]),
        ("\u2022 A \u2022 B", [("bullet", "A", 0), ("bullet", "B", 0)]),
        ("9\u00b75 and A\u00b7B", [("text", "9\u00b75 and A\u00b7B", 0)]),
    ],
)  # fmt: skip
def test_parts_of_a_cell(cell: str, parts: list[tuple[str, str, int]]) -> None:
    assert [(part.kind, part.text, part.level) for part in read_parts(cell)] == parts


FRAGMENTS = [
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<br>",
    "\u2022 ",
    "word ",
    "(x) ",
    "<5 ",
]


@given(st.lists(st.sampled_from(FRAGMENTS)).map("".join))
def test_no_word_is_lost_or_moved(cell: str) -> None:
    bare = re.sub(r"</?(?:p|ul|li|br)>|\u2022", " ", cell)
    assert read_words(cell).split() == bare.split()


def test_signs_and_bold_type_are_kept_beside_the_words() -> None:
    cell = "<p><b>A</b></p><p><b>B:</b> c</p><ul><li>○ d<ul><li>▪ <b>e</b></li>"
    cell += "</ul></li><li>f</li></ul>"
    parts = [(part.text, part.sign, part.strong) for part in read_parts(cell)]
    assert parts == [
        ("A", "", True), ("B: c", "", False), ("d", "○", False), ("e", "▪", True), ("f", "", False),
    ]  # fmt: skip
    assert read_parts("<ul><li>• d</li></ul>") == read_parts("<ul><li><b>d</b></li></ul>")
