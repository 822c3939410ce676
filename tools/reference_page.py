"""Write the figures of docs/reference-class.md: ``python tools/reference_page.py``.

They come from simulations/reference.json alone. A test fails when the page and the file differ
(`tests/docs/test_reference_page.py`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from simulations.fitclass import fit  # noqa: E402 - the line above finds it
from simulations.reffiles import built_in_reference  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulations.refclasses import Band, ReferenceClass
    from simulations.reference import FittedClass, Rate

PAGE = ROOT / "docs" / "reference-class.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
MONTH: Final = 30.4375
#: Months to go that chances are told for.
HORIZONS: Final = (3, 12, 18, 24, 36, 48)


def write_figures() -> str:
    """Return the tables: what was counted, what follows from it, and by how far ahead."""
    classes = built_in_reference().classes
    fitted = [fit(built_in_reference(), one.id) for one in classes]
    return "\n".join(
        [
            "### What was counted\n",
            *_table(
                ("class", "horizon", "items", "later", "earlier", "not seen again", "how far"),
                [row for one in classes for row in _counted(one)],
            ),
            "",
            *(line for one in classes for line in _notes(one)),
            "\n### What follows from it\n",
            *_table(
                ("class", "horizon", "chance to slip", "half slip further than", "one in ten"),
                [row for one in fitted for row in _fitted(one)],
            ),
            "\n### The chance to slip by how far ahead an item is due\n",
            *_table(
                ("class", *(f"{months} months" for months in HORIZONS)),
                [_ahead(one) for one in fitted if one.basis == "dates"],
            ),
            "\n### What groups of a class have in common\n",
            *_table(
                ("class", "groups", "correlation", "the class weighs", "sizes differ by (sd, log)"),
                [_grouped(*both) for both in zip(classes, fitted, strict=True)],
            ),
        ]
    )


def update(page: str) -> str:
    """Return the page with its figures made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{write_figures()}\n\n{END}{after}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _counted(one: ReferenceClass) -> Iterator[tuple[str, ...]]:
    for band in one.bands:
        sizes = band.sizes or one.sizes
        assert sizes is not None  # noqa: S101 - every built-in class has its own
        yield (
            f"`{one.id}`",
            _horizon(one.basis, band),
            f"{band.items:,.0f}",
            f"{band.later:,.0f} ({100 * band.later / band.exposure:.0f} %)",
            "not told" if band.earlier is None else f"{band.earlier:,.0f}",
            f"{band.left:,.0f}" if band.left else "",
            f"{sizes.count:,}, median {_size(one.basis, median(sizes.values))}",
        )


def _notes(one: ReferenceClass) -> Iterator[str]:
    yield f"* `{one.id}`: {one.definition}"
    for origin in one.sources:
        counted = "" if origin.items is None else f": {origin.later:.0f} of {origin.items:.0f}"
        when = "" if origin.as_of is None else f" ({origin.as_of.replace('/', ' to ')})"
        licence = "" if origin.licence is None else f"; {origin.licence}"
        yield f"  * {origin.title}{when}{counted}{licence}"
    told = "; ".join(f"{name}: {value:,.0f}" for name, value in one.facts.items())
    yield f"  * {told}"


def _fitted(one: FittedClass) -> Iterator[tuple[str, ...]]:
    for rate in one.rates:
        low, high = rate.chance.interval()
        short, long = rate.moves.interval()
        taken = "" if rate.borrowed is None else f" (from `{rate.borrowed}`)"
        yield (
            f"`{one.id}`",
            _horizon(one.basis, rate),
            f"{100 * rate.chance.mean:.0f} % ({100 * low:.0f} to {100 * high:.0f}){taken}",
            f"{_size(one.basis, rate.moves.middle)} ({short:.0f} to {long:.0f})",
            _size(one.basis, rate.moves.quantile(0.9)),
        )


def _ahead(one: FittedClass) -> tuple[str, ...]:
    told = []
    for months in HORIZONS:
        low, high = one.interval(months * MONTH)
        told.append(
            f"{100 * one.chance(months * MONTH):.0f} % ({100 * low:.0f} to {100 * high:.0f})"
        )
    return (f"`{one.id}`", *told)


def _grouped(one: ReferenceClass, fitted: FittedClass) -> tuple[str, ...]:
    return (
        f"`{one.id}`",
        f"{len(one.groups):,}",
        f"{fitted.correlation:.3f}",
        f"{fitted.strength:.0f} items",
        f"{fitted.spread.between**0.5:.2f}",
    )


def _horizon(basis: str, band: Band | Rate) -> str:
    if basis == "durations":
        low, high, unit = band.from_, band.to, "h"
    else:
        low, high = band.from_ / MONTH, None if band.to is None else band.to / MONTH
        unit = "months"
    if high is None:
        each = "" if basis == "durations" else ", each year"
        return f"over {low:.0f} {unit}{each}"
    return f"up to {high:.0f} {unit}" if not low else f"{low:.0f} to {high:.0f} {unit}"


def _size(basis: str, value: float) -> str:
    return f"{value:,.0f} %" if basis == "durations" else f"{value:,.0f} days"


if __name__ == "__main__":
    PAGE.write_text(update(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
