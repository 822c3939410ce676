"""Entities made from a pattern are what pydantic would have made."""

from __future__ import annotations

from graphmodel.items import Item, Source
from loaders.stamping import Stamp, stamp

PATTERN = Item(id="-", kind="action", title="")


def test_a_stamped_item_is_a_validated_one() -> None:
    source = Source(source="s1", line=3)
    fields = {"id": "A1", "title": "Dig", "percent": 40.0, "source": source}
    stamped = Stamp(PATTERN).make(fields, {"x_priority": "High"})
    checked = Item.model_validate({"kind": "action", **fields, "x_priority": "High"})
    assert stamped == checked
    assert stamped.model_dump_json() == checked.model_dump_json()
    assert stamped.model_fields_set == checked.model_fields_set
    assert Item(id="-", kind="action", title="") == PATTERN


def test_copies_of_stamped_items_do_not_share_what_changes() -> None:
    made = Stamp(PATTERN)
    one, other = made.make({"id": "A1"}), made.make({"id": "A2"})
    assert one == stamp(PATTERN, {"id": "A1"})
    changed = one.model_copy(update={"percent": 10.0, "x_note": "new"})
    assert other.model_extra == {}
    assert "percent" not in other.model_fields_set
    assert changed.model_extra == {"x_note": "new"}
    assert "percent" in changed.model_fields_set
