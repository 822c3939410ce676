"""Finding the items and links of a plan file: places to the byte, keys in any order."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel import planscan
from graphmodel.planscan import Places, PlanLayout, scan_plan

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda part: (
        st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=3), part, max_size=3)
    ),
    max_leaves=6,
)


def scan(content: bytes) -> PlanLayout:
    return scan_plan(io.BytesIO(content))


def cut(content: bytes, places: Places) -> list[Any]:
    """Return what stands at these places, each up to the next."""
    ends = [*places.starts[1:], places.end]
    texts = (content[start:end] for start, end in zip(places.starts, ends, strict=False))
    return [json.loads(text.rstrip(b", \t\r\n")) for text in texts]


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    keys=st.permutations(["id", "items", "links", "title", "x_more"]),
    items=st.lists(VALUES, max_size=5),
    links=st.lists(VALUES, max_size=5),
    more=VALUES,
    indent=st.none() | st.integers(0, 2),
    ascii_only=st.booleans(),
    window=st.integers(1, 40),
)
def test_every_entry_is_found(
    monkeypatch: pytest.MonkeyPatch,
    keys: list[str],
    items: list[Any],
    links: list[Any],
    more: Any,
    indent: int | None,
    *,
    ascii_only: bool,
    window: int,
) -> None:
    monkeypatch.setattr(planscan, "_WINDOW", window)
    values = {"id": "p", "items": items, "links": links, "title": "Büro → 2", "x_more": more}
    text = json.dumps({key: values[key] for key in keys}, indent=indent, ensure_ascii=ascii_only)
    content = text.encode()
    layout = scan(content)
    assert cut(content, layout.items) == items
    assert cut(content, layout.links) == links
    assert layout.header == {key: values[key] for key in ("id", "title", "x_more")}


def test_items_and_links_are_noted() -> None:
    layout = scan(
        b'{"links":[{"from":"a","to":"b","state":null},{"state":"proposed"},{"id":"l"},'
        b'{"id":"l","state":"accepted"}],"items":[{"id":"b","parent":"a"},{"id":"a"},7]}'
    )
    assert layout.parents == {"b": "a", "a": None}
    assert list(layout.accepted) == [0, 2, 3]
    assert layout.repeats_links


def test_of_keys_written_twice_the_last_counts() -> None:
    layout = scan(
        b'{"items":[{"id":"a"}],"links":[{}],"items":[{"id":"b"}],"links":null,"id":1,"id":2}'
    )
    assert layout.parents == {"b": None}
    assert len(layout.links.starts) == 0
    assert layout.header == {"links": None, "id": 2}


def test_a_byte_order_mark_counts_as_three_bytes() -> None:
    layout = scan(b'\xef\xbb\xbf{"items": [1]}')
    assert list(layout.items.starts) == [14]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"7", b"{", b'{"items": [1', b'{"items": [1,]}', b'{"items": [1 2]}', b"{1: 2}",
     b'{"a": 1,}', b'{"a" 1}', b'{"a": 1} x', b'{"a": nul}', b'{"a": "\xff"}', b'{"a": "\n"}'],
)  # fmt: skip
def test_what_is_no_plan_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        scan(content)
