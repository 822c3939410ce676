"""What goes wrong, in one sentence with the right status: as a page, or as JSON to programs."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse

from graphmodel.errors import KnockonError, MissingExtraError, UnknownCheckError, UnknownIdError
from knockon.local.desk import ChangedMeanwhileError, NoSuchPlanError, TooManyPlansError
from knockon.local.look import draw
from knockon.local.reviews import NoSuchProposalError
from knockon.local.scenariobook import NoSuchScenarioError

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

__all__ = ["handle_faults", "refuse", "status_of"]

_LOG = logging.getLogger(__name__)

_HEADINGS: Final = {
    HTTPStatus.BAD_REQUEST: "This cannot be understood",
    HTTPStatus.FORBIDDEN: "Not allowed",
    HTTPStatus.NOT_FOUND: "Not found",
    HTTPStatus.METHOD_NOT_ALLOWED: "Not possible here",
    HTTPStatus.CONFLICT: "Not possible now",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Too large",
    HTTPStatus.MISDIRECTED_REQUEST: "Another address",
    HTTPStatus.UNPROCESSABLE_ENTITY: "This cannot be worked out",
    HTTPStatus.NOT_IMPLEMENTED: "Something is not installed",
}

_SENTENCES: Final = {
    HTTPStatus.NOT_FOUND: "There is no page at this address: go back, or to the first page.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take what was sent to it.",
    HTTPStatus.BAD_REQUEST: "What was sent cannot be read: go back and send it again.",
}

_STATUSES: Final[tuple[tuple[type[KnockonError], HTTPStatus], ...]] = (
    (NoSuchPlanError, HTTPStatus.NOT_FOUND),
    (NoSuchProposalError, HTTPStatus.NOT_FOUND),
    (NoSuchScenarioError, HTTPStatus.NOT_FOUND),
    (UnknownIdError, HTTPStatus.NOT_FOUND),
    (UnknownCheckError, HTTPStatus.NOT_FOUND),
    (TooManyPlansError, HTTPStatus.CONFLICT),
    (ChangedMeanwhileError, HTTPStatus.CONFLICT),
    (MissingExtraError, HTTPStatus.NOT_IMPLEMENTED),
)


def refuse(scope: Scope, status: int, sentence: str) -> Response:
    """Return the answer that says why something is not done."""
    path: str = scope["path"]
    if path.startswith("/api/") or path == "/openapi.json":
        return JSONResponse({"error": sentence}, status)
    heading = _HEADINGS.get(HTTPStatus(status), "Something went wrong")
    text = draw(scope, "local/fault.html.j2", heading=heading, sentence=sentence, status=status)
    return HTMLResponse(text, status)


def handle_faults(app: FastAPI) -> None:
    """Have an application answer every failure with a sentence."""
    from fastapi.exceptions import RequestValidationError  # noqa: PLC0415 - FastAPI's own

    app.add_exception_handler(HTTPException, _tell_http)
    app.add_exception_handler(RequestValidationError, _tell_invalid)
    app.add_exception_handler(KnockonError, _tell_own)
    app.add_exception_handler(Exception, _tell_surprise)


def _tell_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
    # Of the others, the sentence is our own: the doorman's.
    sentence = _SENTENCES.get(HTTPStatus(status)) or str(getattr(error, "detail", ""))
    return refuse(request.scope, status, sentence)


def _tell_invalid(request: Request, error: Exception) -> Response:
    """Name the first field that is wrong, in the words of what checked it."""
    faults = error.errors() if hasattr(error, "errors") else ()
    for fault in faults:
        if fault["type"] == "json_invalid":
            break
        field = " ".join(str(part) for part in fault["loc"][1:]) or "body"
        sentence = f"{field}: {fault['msg']}."
        return refuse(request.scope, HTTPStatus.UNPROCESSABLE_ENTITY, sentence)
    return refuse(
        request.scope, HTTPStatus.UNPROCESSABLE_ENTITY, _SENTENCES[HTTPStatus.BAD_REQUEST]
    )


def status_of(error: Exception) -> HTTPStatus:
    """Return the status of an answer that says this."""
    return next(
        (status for kind, status in _STATUSES if isinstance(error, kind)),
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _tell_own(request: Request, error: Exception) -> Response:
    return refuse(request.scope, status_of(error), str(error))


def _tell_surprise(request: Request, error: Exception) -> Response:
    _LOG.error("%s failed", request.url.path, exc_info=error)
    return refuse(
        request.scope,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "knockon met something it does not know how to handle: what it was stands in the window "
        "where knockon serve runs; please report it.",
    )
