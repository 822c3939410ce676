"""Registers of risks: one row for each item that a risk delays, or for each thing it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphmodel.items import Uncertainty
from graphmodel.measures import Impact, Risk
from loaders.cell_texts import as_cell
from loaders.change_cells import name_parts, show_change
from loaders.ids import free_id, make_slug
from loaders.register_cells import show_share
from loaders.register_rows import RegisterKind
from loaders.risk_columns import COLUMNS, SPREAD
from loaders.titles import fits_title
from loaders.uncertainty_cells import PARAMETERS, show_uncertainty

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from graphmodel.scenario import Change
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["RISKS"]


@dataclass(slots=True)
class _Said:
    """What the rows say of one risk, and which row said it first; ``words`` is its title's cell."""

    first: RegisterRow
    title: str | None = None
    words: str = ""
    probability: float | None = None
    impacts: list[Impact] = field(default_factory=list)
    effects: list[Change] = field(default_factory=list)
    known: Risk | None = None


def _merge(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    said: dict[str, _Said] = {}
    for row in rows:
        wanted = _find_id(desk, row, said)
        if wanted is None:
            continue
        risk = said.setdefault(wanted, _Said(row, known=desk.risks.get(wanted)))
        _hear_facts(desk, row, risk, wanted)
        _hear_impact(desk, row, risk)
        _hear_effect(desk, row, risk)
    for wanted, risk in said.items():
        _put(desk, wanted, risk)


def _find_id(desk: Desk, row: RegisterRow, said: dict[str, _Said]) -> str | None:
    wanted: str | None = row.get("id")
    title: str | None = row.get("title")
    if wanted is not None:
        known = desk.risks.get(wanted)
        if known is None or title is None or not known.title:
            return wanted
        if fits_title(title, wanted, known.title):
            return wanted
        message = f'The title "{title[:60]}" does not fit {wanted}, which is "{known.title[:60]}"'
        desk.refuse(row, "title", "title-does-not-fit", message)
        return None
    if title is None:
        desk.refuse(row, "id", "missing-cell", "The row has neither an id nor a title of a risk")
        return None
    here = {one: risk.title for one, risk in said.items()}
    held = {one: risk.title for one, risk in desk.risks.items()} | here
    found = next((one for one, words in held.items() if words == title), None)
    return found or free_id(make_slug(title) or "risk", held)


def _hear_facts(desk: Desk, row: RegisterRow, said: _Said, wanted: str) -> None:
    for name in ("title", "probability"):
        value = row.get(name)
        if value is None:
            continue
        held = getattr(said, name)
        if held is None:
            setattr(said, name, value)
            said.words = row.texts.get("title", said.words)
        elif held != value:
            message = (
                f"The {name} of {wanted} is said otherwise before ({said.first.place(name)}); what "
                "is said first counts"
            )
            desk.tell(row.place(name), "risk-contradiction", "error", message)


def _hear_impact(desk: Desk, row: RegisterRow, said: _Said) -> None:
    spread = {"low": "low", "mode": "likely", "high": "high"}
    given = {name: row.values[column] for name, column in spread.items() if column in row.values}
    delay: Uncertainty | None = row.get("delay")
    if "item" not in row.values:
        if given or delay is not None:
            desk.refuse(row, "item", "missing-cell", "The row has a delay, and no item it hits")
        return
    item = desk.item(row)
    if item is None:
        return
    if delay is not None and given:
        message = "The row has a delay, and low or high as well"
        desk.refuse(row, "delay", "delay-contradiction", message, item)
        return
    delay = delay or _spread(desk, row, given, item)
    if delay is None:
        return
    impact = Impact(item=item, mode=row.get("mode") or "parallel", delay=delay)
    if impact in said.impacts:
        desk.tell(row.place(), "duplicate-impact", "warning", "This row says nothing new", item)
    elif any((one.item, one.mode) == (item, impact.mode) for one in said.impacts):
        desk.refuse(row, "item", "risk-contradiction", f"The delay of {item} is said before", item)
    else:
        said.impacts.append(impact)


def _spread(desk: Desk, row: RegisterRow, given: dict[str, Any], item: str) -> Uncertainty | None:
    """Return the delay between low and high; None, and a problem, where one is missing."""
    fallback = "uniform" if given and "mode" not in given else "triangular"
    kind: str = row.get("distribution") or fallback
    names = {"mode": "most likely"}
    missing = [names.get(name, name) for name in PARAMETERS[kind] if name not in given]
    if missing:
        message = f"The row says that {item} is hit, and not by how much ({', '.join(missing)})"
        desk.refuse(row, "low", "missing-cell", message, item)
        return None
    return Uncertainty.model_validate({"distribution": kind, **given})


def _hear_effect(desk: Desk, row: RegisterRow, said: _Said) -> None:
    effect: Change | None = row.get("effect")
    if effect is None:
        return
    for kind, wanted in name_parts(effect):
        held = {
            "item": desk.plan.index.items,
            "officer": desk.officers.by_id,
            "board": desk.boards.by_id,
            "gate": {gate.id for gate in desk.gates},
        }[kind]
        if wanted not in held:
            message = f'The plan has no {kind} "{wanted}"; the effect is not used'
            desk.tell(row.place("effect"), f"unknown-{kind}", "error", message)
            return
    if effect not in said.effects:
        said.effects.append(effect)


def _put(desk: Desk, wanted: str, said: _Said) -> None:
    known = said.known
    if known is None:
        if said.probability is None:
            message = f"{wanted} has no probability"
            desk.refuse(said.first, "probability", "missing-cell", message)
            return
        desk.risks[wanted] = Risk(
            id=wanted,
            title=said.title or "",
            probability=said.probability,
            impacts=tuple(said.impacts),
            effects=tuple(said.effects),
            source=desk.source_of(said.first),
        )
        desk.count("risk", new=True)
        return
    news: dict[str, Any] = {}
    if said.title is not None and said.words != as_cell(known.title):
        news["title"] = said.title
    if said.probability not in {None, known.probability}:
        news["probability"] = said.probability
    impacts = _add_impacts(known, said)
    if impacts != known.impacts:
        news["impacts"] = impacts
    effects = tuple(one for one in said.effects if one not in known.effects)
    if effects:
        news["effects"] = (*known.effects, *effects)
    if news:
        desk.risks[wanted] = known.model_copy(update=news)
        desk.count("risk", new=False)


def _add_impacts(known: Risk, said: _Said) -> tuple[Impact, ...]:
    """Return what a risk hits, as rows have it; what no row speaks of stays."""
    impacts = list(known.impacts)
    places = {(one.item, one.mode): place for place, one in enumerate(impacts)}
    held = [(one.item, one.mode, one.delay) for one in impacts]
    for impact in said.impacts:
        place = places.get((impact.item, impact.mode))
        if (impact.item, impact.mode, impact.delay) in held:
            continue
        if place is None:
            impacts.append(impact)
        else:
            impacts[place] = impact
    return tuple(impacts)


def _show(risk: Risk) -> dict[str, str]:
    return {"id": risk.id, "title": risk.title, "probability": show_share(risk.probability)}


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    for risk in plan.risks:
        named = _show(risk)
        for impact in risk.impacts:
            title = plan.index.items[impact.item].title
            shown = {"item": impact.item, "item_title": title, "mode": impact.mode}
            yield named | shown | _show_delay(impact.delay)
        for effect in risk.effects:
            yield named | {"effect": show_change(effect)}
        if not risk.impacts and not risk.effects:
            yield named


def _show_delay(delay: Uncertainty) -> dict[str, str]:
    """Return a delay in columns of its own where it has no more than they hold."""
    told = {name for name in Uncertainty.model_fields if getattr(delay, name) not in (None, ())}
    names = {"low": "low", "mode": "likely", "high": "high"}
    kind = delay.distribution
    if kind in SPREAD and told == {"distribution", *PARAMETERS[kind]}:
        shown = {names[name]: str(getattr(delay, name)) for name in PARAMETERS[kind]}
        return shown | {"distribution": kind}
    return {"delay": show_uncertainty(delay)}


RISKS: Final = RegisterKind(
    "Risks",
    "risk",
    "Events that may delay several items at once.",
    COLUMNS,
    _merge,
    _show_all,
    names=("risk register", "risk log"),
    tells=frozenset({"probability"}),
)
