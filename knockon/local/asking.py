"""What handlers ask for: the shelf of the browser that asks."""

from typing import Annotated

from fastapi import Depends, Request

from knockon.local.desk import Shelf

# No "from __future__ import annotations" where FastAPI reads the types of handlers.

__all__ = ["AskedShelf"]


def _find_shelf(request: Request) -> Shelf:
    shelf: Shelf = request.state.shelf
    return shelf


#: The shelf of the browser that asks; ``shelf.find(key)`` is the plan that an address names.
AskedShelf = Annotated[Shelf, Depends(_find_shelf)]
