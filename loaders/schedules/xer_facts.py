"""What P6 says of activities beside their dates: codes, fields of the user's own, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loaders.schedules.xer_cells import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loaders.schedules.journal import Journal
    from loaders.schedules.xer_tables import Row, Tables

__all__ = ["Facts"]

#: Where a user's own field has its value; the first that is filled in.
_VALUES: Final = ("udf_text", "udf_number", "udf_date", "udf_code_id")


class Facts:
    """Codes, fields and notes of a file, by what they are about."""

    def __init__(self, tables: Tables, journal: Journal) -> None:
        self._codes: dict[str, dict[str, str]] = {}
        self._tags: dict[str, list[str]] = {}
        self._fields: dict[tuple[str, str], dict[str, str | float]] = {}
        self._notes: dict[tuple[str, str], list[dict[str, str]]] = {}
        self._read_codes(tables, journal)
        self._read_fields(tables, journal)
        topics = {row["memo_type_id"]: row["memo_type"] for row in tables["MEMOTYPE"]}
        for row in tables["TASKMEMO"]:
            self._note("TASK", row["task_id"], topics, row, "task_memo")
        for row in tables["WBSMEMO"]:
            self._note("PROJWBS", row["wbs_id"], topics, row, "wbs_memo")

    def of_task(self, task: str) -> Iterator[tuple[str, Any]]:
        """Yield the ``x_`` facts of an activity."""
        if task in self._codes:
            yield "x_codes", self._codes[task]
        yield from self._others("TASK", task)

    def tags(self, task: str) -> tuple[str, ...]:
        """Return the codes of an activity as tags: ``Area: North``."""
        return tuple(self._tags.get(task, ()))

    def of_wbs(self, wbs: str) -> Mapping[str, Any]:
        """Return the ``x_`` facts of a row of the breakdown."""
        return dict(self._others("PROJWBS", wbs))

    def of_project(self, project: str) -> Mapping[str, Any]:
        """Return the ``x_`` facts of a project."""
        return dict(self._others("PROJECT", project))

    def _others(self, table: str, key: str) -> Iterator[tuple[str, Any]]:
        if (table, key) in self._fields:
            yield "x_fields", self._fields[table, key]
        if (table, key) in self._notes:
            yield "x_notes", self._notes[table, key]

    def _read_codes(self, tables: Tables, journal: Journal) -> None:
        types = {row["actv_code_type_id"]: row["actv_code_type"] for row in tables["ACTVTYPE"]}
        values = {
            row["actv_code_id"]: (row["short_name"], row["actv_code_name"])
            for row in tables["ACTVCODE"]
        }
        missing: list[Row] = []
        for row in tables["TASKACTV"]:
            kind, value = types.get(row["actv_code_type_id"]), values.get(row["actv_code_id"])
            if kind is None or value is None:
                missing.append(row)
                continue
            short, name = value
            self._codes.setdefault(row["task_id"], {})[kind] = short or name
            self._tags.setdefault(row["task_id"], []).append(f"{kind}: {name or short}")
        _tell_missing("activity codes", missing, journal)

    def _read_fields(self, tables: Tables, journal: Journal) -> None:
        types = {row["udf_type_id"]: row for row in tables["UDFTYPE"]}
        codes = {row["udf_code_id"]: row["udf_code_name"] for row in tables["UDFCODE"]}
        missing: list[Row] = []
        for row in tables["UDFVALUE"]:
            kind = types.get(row["udf_type_id"])
            if kind is None:
                missing.append(row)
                continue
            value = next((row[name] for name in _VALUES if row[name]), "")
            if value:
                label = kind["udf_type_label"] or kind["udf_type_name"]
                of_one = self._fields.setdefault((kind["table_name"], row["fk_id"]), {})
                of_one[label] = codes.get(value, value) if row["udf_code_id"] == value else value
        _tell_missing("fields of the user's own", missing, journal)

    def _note(self, table: str, key: str, topics: Mapping[str, str], row: Row, cell: str) -> None:
        text = plain_text(row[cell])
        if text:
            note = {"topic": topics.get(row["memo_type_id"], ""), "text": text}
            self._notes.setdefault((table, key), []).append(note)


def _tell_missing(what: str, rows: list[Row], journal: Journal) -> None:
    if rows:
        journal.tell(
            "value-not-placed",
            "warning",
            f"{len(rows)} {what} name a type or value that the file does not hold: they are left "
            "out.",
            rows[0].line,
        )
