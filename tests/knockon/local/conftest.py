"""The local page with the council's plan open, asked without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knockon.local.desk import Desk
from tests.knockon.council import council
from tests.knockon.local.asked import PORT, ask

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from knockon.local.desk import Shelf


@pytest.fixture
def desk() -> Desk:
    """A desk with the council's plan open as ``wex``."""
    found = Desk()
    found.lobby.put(council(), files=["paper.txt"])
    return found


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """A browser that has come in."""
    return ask(desk, port=PORT)


@pytest.fixture
def shelf(client: TestClient, desk: Desk) -> Shelf:
    """The shelf of that browser."""
    client.get("/")
    found = desk.find(client.cookies[f"knockon-{PORT}"])
    assert found is not None
    return found
