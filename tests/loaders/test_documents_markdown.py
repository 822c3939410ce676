from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document_parts import Para
from loaders.document_text import write_lines
from loaders.documents import read_document
from loaders.documents_markdown import read_markdown
from loaders.markdown_inline import read_inline, restore, split_cells

if TYPE_CHECKING:
    from pathlib import Path


def lines(text: str) -> list[str]:
    return [line for line in write_lines(read_markdown(text)).lines if line]


def test_blocks_with_their_lines() -> None:
    text = """# Harbour Plan #
The harbour
is **old**.

Dredging
--------
- Tender
  drawn up
- Crew
    - Cook

> quoted

1. first
2) second
***
| Action | Due |
|:------ | ---:|
| A1     | May |
| A2     |

```python
code | here
```
last\x20\x20
line\\
end"""
    parts = read_markdown(text).parts
    assert [
        (part.text, part.heading, part.entry, part.label, part.origin)
        for part in parts
        if isinstance(part, Para)
    ] == [
        ("Harbour Plan", 1, 0, "", 1),
        ("The harbour is old.", 0, 0, "", 2),
        ("Dredging", 2, 0, "", 5),
        ("Tender drawn up", 0, 1, "", 7),
        ("Crew", 0, 1, "", 9),
        ("Cook", 0, 2, "", 10),
        ("quoted", 0, 0, "", 12),
        ("first", 0, 1, "1.", 14),
        ("second", 0, 1, "2)", 15),
        ("code | here", 0, 0, "", 23),
        ("last\nline\nend", 0, 0, "", 25),
    ]
    assert lines(text)[9:12] == ["Action\tDue", "A1\tMay", "A2\t"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*a* __b__ ***c*** ~~d~~", "a <b>b</b> <b>c</b> <del>d</del>"),
        ("2 * 3 * 4, snake_case_name, a_b_", "2 * 3 * 4, snake_case_name, a_b_"),
        (r"\*not\* \_so\_ \\ \a", r"*not* _so_ \ \a"),
        ("`*code*` and ``a ` b``", "*code* and a ` b"),
        ("[link](http://x.y/(z)) [ref][1] [box] ![alt](p.png)", "link ref [box] <img>"),
        ("note[^1] <https://a.b/c_d_e>", "note https://a.b/c_d_e"),
        ("**bold *inner* more**", "<b>bold inner more</b>"),
    ],
)
def test_marks_are_taken_off(text: str, words: str) -> None:
    assert restore(read_inline(text)) == words


def test_html_inside_counts_as_in_a_page() -> None:
    assert lines("a &amp; b<br>c <5% \\<b> &lt;p>") == ["a & b", "c &lt;5% &lt;b&gt; &lt;p&gt;"]
    text = "<table>\n<tr><td>a\n\n<td>b\n</table>\n\n<div>one</div>\ntwo\n\nthree"
    assert lines(text) == ["a\tb", "one", "two", "three"]
    assert read_markdown(text).parts[1] == Para("one", origin=7)


def test_cells_of_pipe_tables() -> None:
    assert split_cells(r"| a \| b | `c` |  |") == ["a | b", "`c`", ""]
    assert split_cells(r"a|b\|") == ["a", "b|"]
    text = "x | y\n--|--\nDo:<br>- A (May 2026)<br>- B (Jun 2026) | **z**\n- | --\n\nafter | all"
    assert lines(text) == [
        *("x\ty", "<p>Do:</p> <ul> <li>A (May 2026) </li> <li>B (Jun 2026) </li> </ul>\tz"),
        *("-\t--", "after | all"),
    ]


def test_lines_with_tabs_are_rows_as_in_a_text() -> None:
    assert lines("Objective\tHA1 *Keep*\nDivision\tDocks\n\n1.\tlisted\n-\talso") == [
        *("Objective\tHA1 Keep", "Division\tDocks", "1. listed", "- also"),
    ]
    assert lines("- entry\t\n- a\tb") == ["- entry", "- a\tb"]


def test_entries_take_what_is_indented_and_lists_end() -> None:
    text = "- a\n\n  still\n- b\n\nout\n\n  - c\n\n+ d\n  1. e\n* f"
    assert [
        (part.text, part.entry) for part in read_markdown(text).parts if isinstance(part, Para)
    ] == [
        *(("a", 1), ("still", 0), ("b", 1), ("out", 0), ("c", 1), ("d", 1), ("e", 2), ("f", 1)),
    ]


def test_what_is_no_text() -> None:
    text = "---\ntitle: x\n---\n<!-- a\nb -->Text ![](p.png) ~~old~~\n\n[1]: http://x\n\n"
    text += "[^n]: A *note*."
    document = read_markdown(text)
    assert document.parts == [Para("Text", origin=5), Para("Footnote n: A note.", origin=9)]
    assert [(one.code, one.part) for one in document.findings] == [
        *(("front-matter-left-out", 0), ("picture-not-read", 0), ("tracked-changes", 0)),
    ]
    assert lines("---\n\nrule") == ["rule"]
    assert lines("---\nnever: ended") == ["never: ended"]
    assert lines("```\nopen | code") == ["open | code"]
    assert lines("# \n#\n#tag") == ["#tag"]
    assert lines("title\n===") == ["# title"]


WORDS = [
    "- ",
    "| ",
    "\n",
    "\n\n",
    "# ",
    "> ",
    "1. ",
    "*",
    "_",
    "`7`",
    "**",
    "x ",
    "7 ",
    "\t",
    "---\n",
    "<br>",
]


@given(st.lists(st.sampled_from(WORDS)).map("".join))
def test_no_word_is_lost(text: str) -> None:
    text = f"x {text}"  # so that nothing is front matter
    found = "\n".join(write_lines(read_markdown(text)).lines)
    for letter in "x7":
        assert found.count(letter) == text.count(letter)


def test_a_file_by_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "paper.MD"
    path.write_text("One\n\n\n\nTwo\n", encoding="utf-8")
    text = read_document(path)
    assert (text.text, text.encoding, text.lines) == ("One\n\nTwo\n", "utf-8", (1, 1, 5, 5))
    assert text.notes == ("paper.MD is Markdown.",)
