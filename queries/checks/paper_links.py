"""Paper quality, links: what nobody has decided on, and what contradicts the plan's own dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from queries.checks.rule import Check, Fault, Tally

if TYPE_CHECKING:
    from graphmodel.links import Link
    from graphmodel.problems import Place
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["LINKS"]


def _undecided(context: Context) -> Answer:
    links = [one.state for one in context.plan.links]
    gates = [one.state for one in context.plan.gates]
    parts = [
        count(states.count("proposed"), noun)
        for states, noun in ((links, "link"), (gates, "gate"))
        if "proposed" in states
    ]
    total, waiting = len(links) + len(gates), (links + gates).count("proposed")
    if not waiting:
        return Tally(total)
    verb, which = ("is", "it") if waiting == 1 else ("are", "them")
    message = f"{' and '.join(parts)} {verb} proposed: nobody has accepted or rejected {which}."
    return Tally(total, (Fault(message),), waiting)


def _clashing(context: Context) -> Answer:
    proposed = [one for one in context.plan.links if one.state == "proposed"]
    return Tally(
        len(proposed),
        tuple(
            Fault(_reason(link), (link.from_, link.to), _place(context, link))
            for link in proposed
            if (link.model_extra or {}).get("x_clash") is True
        ),
    )


def _reason(link: Link) -> str:
    if not link.reason:
        return f"The proposed link {link.name} clashes with the plan's dates."
    return f"{link.reason.rstrip('.')}: the proposed link {link.name} clashes with these dates."


def _place(context: Context, link: Link) -> Place | None:
    """Return where a link is stated, failing that where its successor stands."""
    if link.evidence:
        return context.place(link.evidence[0].source)
    return context.place(context.index.items[link.to].source)


def _cancelled(context: Context) -> Answer:
    items = context.index.items
    accepted = context.accepted_links
    faults = []
    for link in accepted:
        ends = [one for one in (link.from_, link.to) if items[one].status == "cancelled"]
        if ends:
            message = (
                f"The link {link.name} holds nothing, because {' and '.join(ends)} "
                f"{'is' if len(ends) == 1 else 'are'} cancelled."
            )
            faults.append(Fault(message, (link.from_, link.to), _place(context, link)))
    return Tally(len(accepted), tuple(faults))


LINKS: Final = (
    Check(
        code="links-not-reviewed",
        family="paper",
        name="Links nobody has decided on",
        severity="info",
        definition=(
            "Links and gates that are proposed: neither accepted nor rejected. Forecasts rest on "
            "accepted ones alone, unless told otherwise."
        ),
        denominator="links and gates",
        advice="Accept or reject them, those of the highest confidence first.",
        find=_undecided,
    ),
    Check(
        code="links-clash",
        family="paper",
        name="Links that clash with dates",
        severity="warning",
        definition=(
            "Proposed links that follow from the plan's words or order, and that its own dates "
            "contradict, as noted on loading."
        ),
        denominator="proposed links",
        advice="Put the dates right, or reject the link and say why.",
        find=_clashing,
    ),
    Check(
        code="link-to-cancelled",
        family="paper",
        name="Link from or to something cancelled",
        severity="warning",
        definition="An accepted link with a cancelled item at one of its ends.",
        denominator="accepted links",
        advice="Link past the cancelled item to what was waiting for it, or drop the link.",
        find=_cancelled,
    ),
)
