"""What handlers of the review ask for: which proposals are wanted, as the address says."""

from typing import Annotated

from fastapi import Depends, Query

from knockon.local.reviews import Chosen
from loaders.review.proposals import Order

__all__ = ["AskedChosen"]

_Words = Annotated[str, Query(max_length=300)]


def _choose(
    rule: _Words = "",
    least: Annotated[float, Query(ge=0, le=1)] = 0.0,
    theme: _Words = "",
    order: Annotated[Order, Query()] = "best",
) -> Chosen:
    return Chosen(rule, least, theme, order)


#: Which proposals are reviewed, in which order.
AskedChosen = Annotated[Chosen, Depends(_choose)]
