"""From the fields of the what-if form to a scenario, and back to an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from graphmodel.errors import ScenarioError, UnknownIdError
from graphmodel.scenario import Scenario, Slip, SlipGroup
from graphmodel.spans import parse_span
from viz.words import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.plan import Plan
    from graphmodel.scenario import Change
    from graphmodel.spans import Span

__all__ = ["Asked", "ask_changes", "list_names"]

#: Names that a field offers; a browser is slow with more.
_MOST_NAMES: Final = 1_500


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the pairs of fields, the scenario, and the address that asks the same."""

    rows: tuple[tuple[str, str], ...]
    scenario: Scenario

    @property
    def query(self) -> str:
        """The address that asks the same, from its question mark on."""
        return urlencode([pair for what, by in self.rows for pair in (("what", what), ("by", by))])


def ask_changes(plan: Plan, what: Sequence[str], by: Sequence[str]) -> Asked:
    """Read pairs of what slips and by how much; pairs with nothing in them are left out.

    Parameters
    ----------
    what
        Ids of items, or ids or names of officers and boards, whose unfinished items slip together;
        what stands after the id, as the form offers it, is ignored.
    by
        Spans such as ``2m`` or ``8 weeks``.

    Raises
    ------
    ScenarioError
        A pair has only one half.
    UnknownIdError
        The plan has nothing of that name.
    SpanError
        A span cannot be read.
    """
    texts = [one.strip() for one in what]
    spans = [one.strip() for one in by] + [""] * len(texts)
    rows = tuple((one, span) for one, span in zip(texts, spans, strict=False) if one or span)
    changes = tuple(_change(plan, one, span) for one, span in rows)
    return Asked(rows, Scenario(plan=plan.id, changes=changes))


def _change(plan: Plan, what: str, by: str) -> Change:
    if not what:
        raise ScenarioError(f"Say what slips by {by}: an item, an officer or a board.")
    if not by:
        raise ScenarioError(f'Say by how much "{what}" slips, such as 2 months or 3 weeks.')
    span: Span = parse_span(by, words=True)
    index = plan.index
    name = what.partition(" | ")[0].strip()
    if name in index.items:
        return Slip(item=name, by=span)
    for find, group in ((index.officer, "officer"), (index.board, "board")):
        try:
            return SlipGroup.model_validate({group: find(name).id, "by": span})
        except UnknownIdError:
            continue
    try:
        return Slip(item=index.item(name).id, by=span)
    except UnknownIdError as error:
        raise UnknownIdError("item, officer or board", name, error.close) from None


def list_names(plan: Plan) -> tuple[str, ...]:
    """Return what the form offers: open items, officers and boards, each with its title."""
    named = [
        f"{item.id} | {shorten(' '.join(item.title.split()), 80)}"
        for item in plan.items
        if item.status not in {"complete", "cancelled"}
    ]
    named += [f"{one.id} | {one.name} (officer)" for one in plan.officers]
    named += [f"{one.id} | {one.name} (board)" for one in plan.boards]
    return tuple(named[:_MOST_NAMES])
