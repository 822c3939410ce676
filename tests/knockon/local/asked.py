"""A client that talks to the local page inside this process."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from knockon.local.app import make_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # that there is another HTTP client now
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    from knockon.local.desk import Desk

PORT = 8765
ORIGIN = f"http://127.0.0.1:{PORT}"


def ask(desk: Desk, *, port: int = PORT, token: str | None = None) -> TestClient:
    """Return a client with cookies of its own; surprises come as answers, not as exceptions."""
    app = make_app(desk, port=port, token=token)
    return TestClient(app, base_url=f"http://127.0.0.1:{port}", raise_server_exceptions=False)
