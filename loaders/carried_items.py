"""The items of a new version of a plan, with what was known of them, and the ids out of use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import count
from loaders.change_report import titled
from loaders.item_merging import CORRECTABLE, ItemMerger
from loaders.likeness import Wording
from loaders.retired import Retired
from loaders.text import shorten
from loaders.titles import fold_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphmodel.items import Item
    from graphmodel.measures import Metric
    from graphmodel.problems import Severity
    from loaders.versions import Versions

__all__ = ["carry_items", "retire"]

#: Codes of oddities that are no more than a notice.
_NOTICES: Final = frozenset({"correction-kept"})


def carry_items(versions: Versions) -> tuple[Item, ...]:
    """Return the items: the new document's in its order, then those that others brought in."""
    items = (*_merge_items(versions), *_keep_items(versions))
    for item in versions.gone:
        message = f"{titled(item)} is no longer in the plan{_known_of(item)}."
        versions.report.tell("item-removed", "warning", message, (item.id,), old=item.source)
    _tell_much(versions)
    versions.report.tell_open(versions.matching, versions.old, versions.new, versions.ids)
    _tell_reused(versions)
    return items


def _merge_items(versions: Versions) -> Iterator[Item]:
    old = versions.old
    as_of = old.status_date or old.as_of
    merger = ItemMerger.of(versions.new.items, as_of, _find_corrected(versions))
    for item in versions.new.items:
        name = versions.ids[item.id]
        moved = item.id != name and item.id in versions.made
        now = versions.now.name(item)
        if moved and item.label is None:
            now = now.model_copy(update={"label": item.id})
        match = versions.matches.get(item.id)
        if match is None:
            _tell_new(versions, item, now)
            yield now
            continue
        before = old.index.items[match.old]
        merged = merger.merge(before, now)
        above = before.parent and versions.before.items.get(before.parent, before.parent)
        versions.report.tell_matched(before, merged.item, match, above, item.source)
        for code, clause in merged.oddities:
            severity: Severity = "info" if code in _NOTICES else "warning"
            message = f"{titled(merged.item)}: {clause}."
            versions.report.tell(code, severity, message, (name,), new=item.source)
        yield merged.item


def _find_corrected(versions: Versions) -> dict[str, set[str]]:
    """Return the fields of old items that somebody put right, and that nobody does again now."""
    again = {(versions.ids[one.item], one.field) for one in versions.new.corrections}
    corrected: dict[str, set[str]] = {}
    for one in versions.old.corrections:
        name = one.field.partition(".")[0]
        is_again = (versions.before.items.get(one.item), one.field) in again
        if name in CORRECTABLE and not is_again:
            corrected.setdefault(one.item, set()).add(name)
    return corrected


def _keep_items(versions: Versions) -> Iterator[Item]:
    """Yield old items that stay, each under the nearest of its ancestors that is still there."""
    for item in versions.kept:
        name = versions.numbering.carried[item.id]
        parent = item.parent
        while parent is not None and parent not in versions.before.items:
            parent = versions.old.index.parents[parent]
        parent = None if parent is None else versions.before.items[parent]
        message = f"{titled(item)} is not in the new version, but came from elsewhere: it stays."
        versions.report.tell("item-kept", "info", message, (name,), old=item.source)
        yield item.model_copy(update={"id": name, "parent": parent})


def _tell_new(versions: Versions, item: Item, now: Item) -> None:
    was = versions.was.get(now.id)
    is_back = was is not None and was.folded == Wording(now).title
    code, words = ("item-returned", "back, under its old id") if is_back else ("item-added", "new")
    versions.report.tell(code, "info", f"{titled(now)} is {words}.", (now.id,), new=item.source)


def _known_of(item: Item) -> str:
    known = [] if item.status == "not_started" else [f"status {item.status.replace('_', ' ')}"]
    known += ["its uncertainty"] if item.uncertainty is not None else []
    known += [f"{len(item.history)} of history"] if item.history else []
    return f", with {', '.join(known)}" if known else ""


def _tell_much(versions: Versions) -> None:
    """Tell where most of the plan is gone: perhaps it was not the whole document."""
    gone, size = len(versions.gone), len(versions.old.items) - len(versions.kept)
    if gone * 2 > size:
        message = (
            f"{gone:,} of {count(size, 'item')} are gone: check that the new version is the whole "
            "document, and of the same plan."
        )
        versions.report.tell("most-is-gone", "warning", message)


def _tell_reused(versions: Versions) -> None:
    """Tell of printed numbers that name something else than before."""
    before = {one.id: one.title for one in versions.retired}
    before |= {item.id: item.title for item in versions.old.items}
    for item in versions.new.items:
        now = versions.ids[item.id]
        match = versions.matches.get(item.id)
        if item.id in versions.made or now not in before:
            continue
        is_back = match is None and fold_title(before[now]) == fold_title(item.title)
        if is_back or (match is not None and match.old == now):
            continue
        where = versions.before.items.get(now)
        since = f"which is {where} now" if where is not None else "which is gone"
        message = (
            f'The number {now} stood for "{shorten(before[now])}", {since}; it is printed for '
            f'"{shorten(item.title)}" now: check the links and registers that name it.'
        )
        versions.report.tell("number-reused", "warning", message, (now,), new=item.source)
    for name, lost in versions.numbering.lost.items():
        message = (
            f"The number {lost} is printed for something else now: "
            f"what had it as its id is {versions.ids[name]}."
        )
        versions.report.tell("number-reused", "warning", message, (lost, versions.ids[name]))


def retire(
    versions: Versions, items: Iterable[Item], metrics: Iterable[Metric]
) -> tuple[Retired, ...]:
    """Return the ids out of use: those of before, and of the items and metrics that are gone now.

    What is in use again for the same content is no longer among them.
    """
    moved = versions.before.items
    record = [
        Retired(one.id, one.kind, one.title, one.parent, one.now and moved.get(one.now, one.now))
        for one in versions.retired
    ]
    for item in versions.gone:
        parent = item.parent and moved.get(item.parent, item.parent)
        record.append(Retired(item.id, item.kind, item.title, parent))
    for old, now in moved.items():
        if old != now:
            item = versions.old.index.items[old]
            record.append(Retired(old, item.kind, item.title, now=now))
    record += [Retired(one.id, "metric", one.title, one.item) for one in metrics]
    live = {item.id: Wording(item).title for item in items}
    unique = {(one.id, one.folded): one for one in record if live.get(one.id) != one.folded}
    return tuple(unique.values())
