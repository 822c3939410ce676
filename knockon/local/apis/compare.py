"""Interface: what changed since an older version of a plan."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from graphmodel.selection import LinkUse
from knockon.local.asking import AskedShelf
from knockon.local.comparing import compare_with
from knockon.payloads import pack_comparison

__all__ = ["router"]

router = APIRouter(prefix="/api/plans/{key}", tags=["compare"])


class ComparisonAnswer(BaseModel):
    """The answer of ``knockon compare --json``: its keys, and others may follow."""

    model_config = ConfigDict(extra="allow")

    versions: list[dict[str, Any]] = Field(description="The older one first.")


@router.get("/compare")
def tell_comparison(
    key: str,
    shelf: AskedShelf,
    older: Annotated[str, Query(alias="with", max_length=100, description="Key of the older.")],
    links: Annotated[LinkUse, Query()] = "accepted",
) -> ComparisonAnswer:
    """Say what changed from an older version that is open to this one."""
    found = compare_with(shelf.find(key), shelf.find(older), links)
    return ComparisonAnswer.model_validate(pack_comparison(found))
