"""Fields of the user's own in MS Project's XML: extended attributes and outline codes.

A definition gives a field's number a name (``Text1``) and, where the user renamed it, an alias.
Values of outline codes stand in a table of their own, below one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loaders.schedules.mspdi_marks import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.schedules.xml_records import Record

__all__ = ["OwnFields"]

_SEPARATOR: Final = "."


class OwnFields:
    """The fields of a file by number, filled as the file is read."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._values: dict[str, tuple[str, str]] = {}

    def define(self, row: Record) -> None:
        """Learn the name of an extended attribute."""
        name = row["Alias"] or row["FieldName"]
        if name:
            self._names[row["FieldID"]] = name

    def define_code(self, row: Record) -> None:
        """Learn the name of an outline code and the values it may have."""
        number = row["FieldID"]
        name = row["Alias"] or row["FieldName"] or self._names.get(number, "")
        if name:
            self._names[number] = name
        for one in row.find("Values", "Value"):
            value = (one["Value"], one["ParentValueID"])
            for key in (one["ValueID"], one["FieldGUID"]):
                if key:
                    self._values[self._key(number, key)] = value

    def facts(self, row: Record) -> Iterator[tuple[str, Any]]:
        """Yield the ``x_`` facts that a row's fields and codes make."""
        fields = {name: text for name, text in self._read(row) if not name.startswith(PREFIX)}
        if fields:
            yield "x_fields", fields
        codes = {
            self._name(one): code
            for one in row.find("OutlineCode")
            if (code := self._code(one["FieldID"], one["ValueID"] or one["ValueGUID"]))
        }
        if codes:
            yield "x_codes", codes

    def marks(self, row: Record) -> dict[str, str]:
        """Return what knockon keeps in the fields of a row, by alias."""
        return {name: text for name, text in self._read(row) if name.startswith(PREFIX)}

    def _read(self, row: Record) -> Iterator[tuple[str, str]]:
        for one in row.find("ExtendedAttribute"):
            if one["Value"]:
                yield self._name(one), one.cells["Value"]

    def _name(self, row: Record) -> str:
        number = row["FieldID"]
        return self._names.get(number) or f"Field {number}"

    def _code(self, number: str, key: str) -> str:
        """Return a value with those it stands below."""
        parts: list[str] = []
        seen: set[str] = set()
        while key not in seen and self._key(number, key) in self._values:
            seen.add(key)
            text, key = self._values[self._key(number, key)]
            parts.append(text)
        return _SEPARATOR.join(reversed(parts))

    def _key(self, number: str, value: str) -> str:
        return f"{number}/{value}"
