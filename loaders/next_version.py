"""Whether a plan is the next version of another one, or a plan of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from loaders.likeness import Wording

if TYPE_CHECKING:
    from graphmodel.plan import Plan

__all__ = ["is_next_version"]

#: Share of the titles of the larger plan that both have: without an id in common, and with it.
_SHARE: Final = 0.5
_SHARE_OF_NAMESAKES: Final = 0.1


def is_next_version(old: Plan, new: Plan) -> str | None:
    """Return why ``new`` is the next version of ``old``, as a clause, or None where it is not.

    Either both have one id, no two organisations, and at least a tenth of the titles; or
    half of the titles of the larger one, whatever their ids. Titles count with their kind.
    """
    titles = [
        Counter((item.kind, Wording(item).title) for item in plan.items) for plan in (old, new)
    ]
    shared, size = (titles[0] & titles[1]).total(), max(len(old.items), len(new.items), 1)
    words = f"{shared:,} of {count(size, 'item')} have the same titles"
    organisations = {plan.organisation for plan in (old, new)} - {None}
    if old.id == new.id and len(organisations) < len("ab") and shared >= size * _SHARE_OF_NAMESAKES:
        return f'both are the plan "{new.id}", and {words}'
    return words if shared >= size * _SHARE else None
