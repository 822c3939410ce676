"""The links of MS Project's XML: each task names its predecessors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from loaders.schedules.tasks import Bound, Relation

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from graphmodel.links import LinkType
    from loaders.schedules.journal import Journal
    from loaders.schedules.mspdi_values import Values
    from loaders.schedules.xml_records import Record

__all__ = ["Relations", "read_relations"]

_TYPES: Final[dict[str, LinkType]] = {"0": "FF", "1": "FS", "2": "SF", "3": "SS"}
_ELAPSED_PERCENT: Final = frozenset({"20", "52"})


@dataclass(frozen=True)
class Relations:
    """The links of a schedule; ``held``: what links from other projects hold, by their tasks."""

    relations: tuple[Relation, ...]
    held: Mapping[str, tuple[Bound, ...]]


def read_relations(
    rows: Iterable[tuple[str, Record]], known: Container[str], values: Values, journal: Journal
) -> Relations:
    """Read the links between the rows.

    Links from other projects' files are told, once for all; what they hold keeps, as its earliest,
    the start (finish) that the file states.
    """
    found: list[Relation] = []
    held: dict[str, tuple[Bound, ...]] = {}
    foreign: list[Record] = []
    shares: list[Record] = []
    for uid, row in rows:
        for one in row.find("PredecessorLink"):
            pred, kind = one["PredecessorUID"], values.choice(one, "Type", _TYPES, "FS")
            if values.flag(one, "CrossProject") and pred not in known:
                foreign.append(one)
                held[uid] = (*held.get(uid, ()), *_holds(row, kind, values))
                continue
            if one["LagFormat"] in _ELAPSED_PERCENT:
                shares.append(one)
            found.append(Relation(pred, uid, kind, values.lag(one), one.line))
    if foreign:
        names = dict.fromkeys(one["CrossProjectName"] or "a file without a name" for one in foreign)
        journal.tell(
            "link-to-other-project",
            "warning",
            f"{count(len(foreign), 'link')} from other projects left out ({'; '.join(names)}): "
            "what they hold is kept from being earlier than the file states.",
            foreign[0].line,
        )
    if shares:
        journal.tell(
            "lag-elapsed-share",
            "warning",
            f"{count(len(shares), 'lag')} in elapsed per cent of the predecessor read as per cent "
            "of its working duration.",
            shares[0].line,
        )
    return Relations(tuple(found), held)


def _holds(row: Record, kind: LinkType, values: Values) -> Iterator[Bound]:
    at_start = kind in {"FS", "SS"}
    when = values.date(row, "Start" if at_start else "Finish")
    if when is not None:
        yield Bound("SNET" if at_start else "FNET", when)
