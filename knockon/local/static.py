"""Styles and scripts: only those that pages name, by names that change with their content."""

from typing import Final

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from knockon.local.look import STYLES, static_text
from knockon.local.scripts import REVIEW_SCRIPTS, UPLOAD_SCRIPTS
from viz.page import MAP_SCRIPTS, WHATIF_SCRIPTS

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_TYPES: Final = {"css": "text/css", "js": "text/javascript"}
#: Scripts that only served pages need.
_SCRIPTS: Final = ("js/progress.js", *UPLOAD_SCRIPTS, *REVIEW_SCRIPTS)
_SERVED: Final = frozenset((*STYLES, *_SCRIPTS, *MAP_SCRIPTS, *WHATIF_SCRIPTS))


@router.get("/static/{name:path}")
def give_static(name: str) -> Response:
    """Give a style or script."""
    if name not in _SERVED:
        raise HTTPException(404)
    return Response(
        static_text(name),
        media_type=_TYPES[name.rpartition(".")[2]],
        headers={"Cache-Control": "private, max-age=31536000, immutable"},
    )
