"""Printing: any encoding, any text, any width."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knockon.cli.console import prepare_streams, say, say_json, say_wrapped, width


def stream(monkeypatch: pytest.MonkeyPatch, encoding: str) -> io.BytesIO:
    """Let standard output be a file of this encoding, and return its bytes."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding, write_through=True))
    prepare_streams()
    return raw


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "“Café” → 5…"),
        ("cp1252", "“Café” -> 5…"),
        ("cp437", '"Café" -> 5...'),
        ("ascii", '"Caf?" -> 5...'),
    ],
)
def test_what_the_encoding_lacks_is_shown_plainly(
    monkeypatch: pytest.MonkeyPatch, encoding: str, shown: str
) -> None:
    raw = stream(monkeypatch, encoding)
    say("“Café” → 5…")
    assert raw.getvalue().decode(encoding) == f"{shown}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_json_loses_nothing(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    raw = stream(monkeypatch, encoding)
    say_json({"title": "“Café” → ŵ"})
    assert json.loads(raw.getvalue().decode(encoding)) == {"title": "“Café” → ŵ"}


@given(st.text())
def test_nothing_printed_can_steer_a_terminal(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        raw = stream(patch, "utf-8")
        say(text)
        shown = raw.getvalue().decode("utf-8").removesuffix("\n")
    steering = {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))}
    assert not steering & set(shown)
    assert not {"\u202a", "\u202e", "\u2066", "\u2069"} & set(shown)


@pytest.mark.parametrize(("columns", "used"), [("20", 60), ("100", 100), ("400", 120)])
def test_lines_are_as_wide_as_is_good_to_read(
    monkeypatch: pytest.MonkeyPatch, columns: str, used: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert width() == used


def test_a_long_id_is_not_broken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    say_wrapped(f"{'x' * 70} is an id, and words follow it here, and here", indent=2)
    assert capsys.readouterr().out.splitlines() == [
        f"  {'x' * 70}",
        "    is an id, and words follow it here, and here",
    ]
