"""The application: pages and interface put together, with the doorman before them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI

from knockon.local.apidoc import describe
from knockon.local.doorman import Doorman
from knockon.local.faults import handle_faults

if TYPE_CHECKING:
    from knockon.local.desk import Desk

__all__ = ["ROUTES", "make_app"]

#: Modules with pages and interfaces; each has a ``router``.
ROUTES: Final = (
    "knockon.local.static",
    "knockon.local.pages.start",
    "knockon.local.pages.overview",
    "knockon.local.pages.map",
    "knockon.local.pages.items",
    "knockon.local.pages.risk",
    "knockon.local.pages.views",
    "knockon.local.pages.opening",
    "knockon.local.pages.review",
    "knockon.local.pages.compare",
    "knockon.local.pages.scenarios",
    "knockon.local.api",
    "knockon.local.apis.opening",
    "knockon.local.apis.review",
    "knockon.local.apis.scenarios",
    "knockon.local.apidoc",
)


class _App(FastAPI):
    """FastAPI, describing every answer."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document (`knockon.local.apidoc`)."""
        return describe(self)


def make_app(desk: Desk, *, port: int, token: str | None = None) -> Doorman:
    """Return the local page as an ASGI application.

    Parameters
    ----------
    desk
        The plans; those in its lobby are open to everybody who comes in.
    port
        The port it is served on: no other address is answered.
    token
        What a browser must show once, in its address, and a program each time, as a bearer token;
        None where everybody on the machine may come in.
    """
    app = _App(
        title="knockon",
        summary="What else slips if this slips: the plans that are open on this machine.",
        docs_url=None,  # these pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.desk = desk
    handle_faults(app)
    for name in ROUTES:  # as they are: FastAPI would build what it includes anew, at first use
        app.router.routes.extend(import_module(name).router.routes)
    return Doorman(app, desk=desk, port=port, token=token)
