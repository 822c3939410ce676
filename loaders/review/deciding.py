"""A decision on one link, gate or outside event: made, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from graphmodel.items import Item
from graphmodel.links import Link
from loaders.review.proposals import EVENT_DECISION
from loaders.sequences import judge_order

if TYPE_CHECKING:
    from graphmodel.links import Decision, LinkState, LinkType
    from graphmodel.plan import Plan
    from loaders.review.proposals import Proposed

__all__ = ["WAS", "Verdict", "decide_link", "is_turned", "judge", "reopen"]

P = TypeVar("P", Link, Item)

Verdict = Literal["accept", "reject", "reverse"]

#: Key of a link that holds what a decision changed of it: ``reversed``, and the ``type`` and
#: ``clash`` it had before.
WAS: Final = "x_was"

#: What is added to the reason of a link that a decision has reversed.
_TURNED: Final = " A reviewer has turned it round."

_CLASH: Final = "x_clash"
_OTHER: Final[dict[str, str]] = {"from": "to", "to": "from", "both": "both"}


def judge(one: Proposed, state: LinkState, decided: Decision | None) -> Proposed:
    """Return a link, gate or outside event with its decision; a rejected event is cancelled."""
    if not isinstance(one, Item):
        return one.model_copy(update={"state": state, "decided": decided})
    said = {"state": state}
    if decided is not None:
        said |= decided.model_dump(mode="json", exclude_none=True)
    changes: dict[str, Any] = {EVENT_DECISION: said}
    if state == "rejected":
        changes["status"] = "cancelled"
    return one.model_copy(update=changes)


def decide_link(
    plan: Plan,
    link: Link,
    verdict: Verdict,
    decided: Decision | None,
    kind: LinkType | None = None,
) -> Link:
    """Return a link with a decision on it.

    A link that is reversed gets the type that the planned dates allow in that direction, FS where
    they allow none or say nothing.

    Parameters
    ----------
    kind
        The type it is to have; None leaves that as it is, or to the dates.
    """
    if verdict == "reject":
        return link.model_copy(update={"state": "rejected", "decided": decided})
    now = _turn(plan, link) if verdict == "reverse" else link
    if kind is not None and kind != now.type:
        now = now.model_copy(update={"type": kind})
    was: dict[str, Any] = dict(_extra(link, WAS) or {})
    if verdict == "reverse":
        was["reversed"] = not was.get("reversed", False)
        was["clash"] = _extra(link, _CLASH)
    if now.type != link.type:
        was.setdefault("type", link.type)
    told = {name: value for name, value in was.items() if value}
    accepted = now.model_copy(update={"state": "accepted", "decided": decided})
    return _with_extra(accepted, WAS, told or None)


def is_turned(link: Link) -> bool:
    """Return whether a decision has reversed a link."""
    return bool((_extra(link, WAS) or {}).get("reversed"))


def reopen(plan: Plan, one: Proposed) -> Proposed:
    """Return a link, gate or outside event as it was before anybody decided on it."""
    if isinstance(one, Link):
        was = _extra(one, WAS) or {}
        back = _turn(plan, one) if was.get("reversed") else one
        changes = {"state": "proposed", "decided": None, "type": was.get("type", one.type)}
        if was.get("reversed"):
            back = _with_extra(back, _CLASH, was.get("clash"))
        return _with_extra(back.model_copy(update=changes), WAS, None)
    if isinstance(one, Item):
        status = "not_started" if one.status == "cancelled" else one.status
        return _with_extra(one.model_copy(update={"status": status}), EVENT_DECISION, None)
    return one.model_copy(update={"state": "proposed", "decided": None})


def _turn(plan: Plan, link: Link) -> Link:
    """Return a link the other way round, with the type that the dates allow, its evidence too."""
    kind, clash = judge_order(plan, link.to, link.from_)
    evidence = tuple(part.model_copy(update={"side": _OTHER[part.side]}) for part in link.evidence)
    reason = link.reason
    if reason is not None:
        bare = reason.removesuffix(_TURNED)
        reason = bare if bare != reason else f"{reason}{_TURNED}"
    turned = link.model_copy(
        update={
            "from_": link.to,
            "to": link.from_,
            "type": kind or "FS",
            "reason": reason,
            "evidence": evidence,
        }
    )
    return _with_extra(turned, _CLASH, True if kind is None and clash else None)


def _extra(one: Proposed, name: str) -> Any:
    return (one.model_extra or {}).get(name)


def _with_extra(one: P, name: str, value: Any) -> P:
    """Return an entity with a key of its own kind, or without it where the value is None."""
    if value is not None:
        return one.model_copy(update={name: value})
    copy = one.model_copy()
    if copy.model_extra:
        copy.model_extra.pop(name, None)
    return copy
