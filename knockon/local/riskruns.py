"""Risk analyses that run while their page shows how far they are, and that can be stopped."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from threading import BoundedSemaphore, Event, Thread
from typing import TYPE_CHECKING, Any, Final, Literal

from graphmodel.errors import KnockonError, PlanError, UnknownIdError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from knockon.local.desk import Shelf
    from queries.odds import Odds
    from simulations.risk.running import Job, Runner
    from simulations.risk.tally import Tally

__all__ = ["MOST_ITERATIONS", "RiskRun", "RiskWish", "find_run", "runs_of", "start_run"]

_LOG = logging.getLogger(__name__)

#: Iterations at most, runs at once, and runs that a browser finds again.
MOST_ITERATIONS: Final = 100_000
_AT_ONCE: Final = 2
_KEPT: Final = 10
#: Items times iterations between two looks at whether to stop: well under a second.
_STRETCH: Final = 400_000

_TURNS = BoundedSemaphore(_AT_ONCE)


@dataclass(frozen=True, slots=True)
class RiskWish:
    """What is asked: how many iterations, from which seed, of which item (None: the plan)."""

    iterations: int = 10_000
    seed: int = 1
    target: str | None = None


class _StoppedError(Exception):
    """Somebody has asked for a run to stop."""


class RiskRun:
    """One analysis: what was asked, how far it is, and what came of it.

    Attributes
    ----------
    done
        Iterations that are done; after them things are left out in turn.
    odds
        The result; None where there is none, or not yet.
    fault
        Why there is no result.
    """

    def __init__(self, plan: Plan, plan_key: str, wish: RiskWish) -> None:
        self.id = secrets.token_urlsafe(8)
        self.plan = plan
        self.plan_key = plan_key
        self.wish = wish
        self.done = 0
        self.odds: Odds | None = None
        self.fault: str | None = None
        self._stop = Event()
        self._over = Event()

    @property
    def state(self) -> Literal["running", "done", "failed", "stopped"]:
        """How it stands with it."""
        if self.odds is not None:
            return "done"
        if self.fault is not None:
            return "failed"
        # One that was asked to stop gives no answer any more, though it may need a while to end.
        return "stopped" if self._stop.is_set() else "running"

    def pack(self) -> dict[str, Any]:
        """Return how far it is, for machines."""
        return {
            "run": self.id,
            "state": self.state,
            "done": self.done,
            "iterations": self.wish.iterations,
            "error": self.fault,
        }

    def stop(self) -> None:
        """Ask it to stop; it does within a second."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, or so long; return whether it is over."""
        return self._over.wait(seconds)

    def start(self) -> None:
        """Run it on a thread of its own, which does not outlive the server."""
        Thread(target=self._run, name=f"risk-{self.id}", daemon=True).start()

    def _run(self) -> None:
        try:
            with _TURNS:
                self._simulate()
        except _StoppedError:
            pass
        except KnockonError as error:
            self.fault = str(error)
        except Exception:  # noqa: BLE001 - a thread has nobody above it to tell
            _LOG.exception("A risk analysis failed")
            self.fault = "The risk analysis met something it does not know how to handle."
        finally:
            self._over.set()

    def _simulate(self) -> None:
        from queries.odds import ask_odds  # noqa: PLC0415 - heavy

        self._look()
        self.odds = ask_odds(
            self.plan,
            iterations=self.wish.iterations,
            seed=self.wish.seed,
            targets=None if self.wish.target is None else [self.wish.target],
            progress=self._note,
            runner=self._watch(),
        )

    def _note(self, done: int, _: int) -> None:
        self.done = done

    def _look(self) -> None:
        if self._stop.is_set():
            raise _StoppedError

    def _watch(self) -> Runner:
        """Return what runs iterations on this thread, and looks up often (`Runner`)."""
        from simulations.risk.running import cut, threads  # noqa: PLC0415 - heavy

        inner = threads(1)
        size = max(16, _STRETCH // max(1, len(self.plan.items)))

        def run(job: Job, stretches: Sequence[tuple[int, int]]) -> Iterator[Tally]:
            fine = [
                piece
                for first, count in stretches
                for piece in cut(first, count, max(1, count // size), least=1)
            ]
            for tally in inner(job, fine):
                self._look()
                yield tally

        return run


def start_run(shelf: Shelf, plan_key: str, wish: RiskWish) -> RiskRun:
    """Begin an analysis of a plan on a shelf.

    Raises
    ------
    NoSuchPlanError
        The plan is not open.
    UnknownIdError
        It has no such item.
    PlanError
        The iterations or the seed are out of range.
    """
    plan = shelf.find(plan_key).plan
    if not 1 <= wish.iterations <= MOST_ITERATIONS:
        raise PlanError(f"Ask for 1 to {MOST_ITERATIONS:,} iterations, not {wish.iterations:,}.")
    if not 0 <= wish.seed < 2**64:
        raise PlanError("A seed is a whole number from 0 on, such as 1.")
    if wish.target is not None and wish.target != plan.id:
        plan.index.item(wish.target)
    run = RiskRun(plan, plan_key, wish)
    with shelf.lock:
        kept: dict[str, RiskRun] = shelf.kept.setdefault("risk", {})
        kept[run.id] = run
        for old in [one for one in kept.values() if one.state != "running"][:-_KEPT]:
            del kept[old.id]
        if sum(one.state == "running" for one in kept.values()) > _KEPT:
            del kept[run.id]
            raise PlanError(f"{_KEPT} analyses are running: wait for one, or cancel one.")
    run.start()
    return run


def runs_of(shelf: Shelf, plan_key: str) -> list[RiskRun]:
    """Return the analyses of a plan, the last one first."""
    with shelf.lock:
        kept: dict[str, RiskRun] = shelf.kept.get("risk", {})
        return [one for one in reversed(kept.values()) if one.plan_key == plan_key]


def find_run(shelf: Shelf, plan_key: str, run: str) -> RiskRun:
    """Return an analysis by its id; raises `UnknownIdError`."""
    shelf.find(plan_key)
    for one in runs_of(shelf, plan_key):
        if one.id == run:
            return one
    raise UnknownIdError("risk analysis", run)
