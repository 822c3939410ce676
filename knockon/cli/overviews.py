"""A plan's counts in words, as ``load`` and ``show`` print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.words import count
from knockon.cli.console import say, say_wrapped
from viz.words import KIND_WORDS, show_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.items import Kind
    from queries.overview import Overview

__all__ = ["list_kinds", "say_counts"]


def say_counts(overview: Overview) -> None:
    """Print what the plan is called, what it holds, and between which dates it lies."""
    plan = overview.plan
    say(": ".join(part for part in (plan.organisation, plan.title or plan.id) if part))
    say_wrapped(_join("Items", list_kinds(overview.items)))
    say_wrapped(_join("People", _people(overview)))
    say_wrapped(_join("Links", _by_state("link", overview.links)))
    if overview.gates:
        say_wrapped(_join("Gates", _by_state("gate", overview.gates)))
    say_wrapped(_join("Dates", _dates(overview)))


def list_kinds(items: Mapping[Kind, int]) -> str:
    """Return ``16 themes, 29 objectives``."""
    return ", ".join(count(number, *KIND_WORDS[kind]) for kind, number in items.items())


def _join(name: str, content: str) -> str:
    return f"{name}: {content or 'none'}"


def _people(overview: Overview) -> str:
    return ", ".join(
        (
            count(overview.officers, "officer"),
            count(overview.boards, "board"),
            count(overview.metrics, "output metric"),
            *([count(overview.risks, "risk")] if overview.risks else ()),
        )
    )


def _by_state(noun: str, states: Mapping[str, int]) -> str:
    return ", ".join(count(number, f"{state} {noun}") for state, number in states.items())


def _dates(overview: Overview) -> str:
    if overview.finish is None:
        return ""
    span = f"{show_date(overview.start, missing='open')} to {show_date(overview.finish)}"
    if not overview.undated:
        return span
    return f"{span}; {count(overview.undated, 'item')} without a planned finish"
