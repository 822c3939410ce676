"""Which store is meant: a file, an address, what the environment says, or the file beside us."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphmodel.errors import StoreError
from graphmodel.stores.local import LocalStore
from graphmodel.stores.opening import find_store, open_store
from tests.graphmodel.storemodel import make_plan

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KNOCKON_STORE", raising=False)
    return tmp_path


def test_without_a_name_it_is_the_file_beside_us(folder: Path) -> None:
    assert find_store() == "knockon.store"
    store = open_store(create=True)
    assert isinstance(store, LocalStore)
    store.save(make_plan("csip"))
    store.close()
    assert (folder / "knockon.store").exists()


def test_the_environment_names_one_for_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOCKON_STORE", "team.store")
    open_store(create=True).close()
    open_store("mine.store", create=True).close()
    assert {one.name for one in folder.iterdir()} == {"team.store", "mine.store"}


@pytest.mark.parametrize("name", ["a b?mode=memory#x%20.store", "file:x.store", ":memory:", "ü'\""])
def test_any_file_name_is_a_file(folder: Path, name: str) -> None:
    open_store(name, create=True).close()
    assert [one.name for one in folder.iterdir()] == [name]


@pytest.mark.parametrize(
    "address",
    [
        "neo4j://ann:s3cret@host:7687",
        "bolt+s://ann@host/s3cret",
        "NEO4J+SSC://ann:s3/cret@host",
        "https://s3cret@host",
    ],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(StoreError, match="NEO4J_USERNAME and NEO4J_PASSWORD") as caught:
        open_store(address)
    assert "s3" not in str(caught.value)
    assert "host" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["https", "postgres", "neo4j+x", "file"])
def test_other_addresses_are_told(folder: Path, scheme: str) -> None:
    with pytest.raises(StoreError, match=f'^"{scheme.replace("+", ".")}://" is no store of plans'):
        open_store(f"{scheme}://host/plans", create=True)
    assert not [*folder.iterdir()]
