"""Running iterations past one process: processes of this machine, or a Dask cluster.

A stretch of iterations gives the same tally wherever and however often it is run, so that one that
is lost with its worker is simply run again.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import MissingExtraError, PlanError
from simulations.risk.running import run_job

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from simulations.risk.running import Job, Runner
    from simulations.risk.tally import Tally

    Stretch = tuple[int, int]

__all__ = ["dask", "processes"]

#: Times that lost stretches are handed out anew before it is given up.
_TRIES: Final = 5


def processes(workers: int, start: Callable[[int], Executor] | None = None) -> Runner:
    """Return what runs jobs in so many processes; stretches of one that dies are run again.

    Parameters
    ----------
    start
        Makes a pool of so many processes; `concurrent.futures.ProcessPoolExecutor`, unless given,
        with processes that share nothing with this one.

    Raises
    ------
    PlanError
        When it runs: processes died again and again.
    """
    begin = start or _spawn
    # An analysis runs many jobs: the processes are begun once, and end with this runner.
    kept: list[Executor] = []

    def run(job: Job, stretches: Sequence[Stretch]) -> Iterator[Tally]:
        left = list(stretches)
        tries = 0
        while left and tries < _TRIES:
            if not kept:
                kept.append(begin(workers))
            done = yield from _once(kept[0], job, left)
            left = [stretch for stretch in left if stretch not in done]
            if left:
                kept.pop().shutdown(wait=False, cancel_futures=True)
            tries = 0 if done else tries + 1
        if not left:
            return
        raise PlanError(
            f"Worker processes ended {_TRIES} times before any was done: ask for fewer with "
            "--workers, or for fewer iterations."
        )

    return run


def _spawn(workers: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - heavy
    from multiprocessing import get_context  # noqa: PLC0415

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _once(
    pool: Executor, job: Job, stretches: Sequence[Stretch]
) -> Generator[Tally, None, set[Stretch]]:
    """Yield the tallies that a pool gives, until it breaks if it does; return their stretches."""
    from concurrent.futures import as_completed  # noqa: PLC0415 - heavy
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    done: set[Stretch] = set()
    waiting: dict[Future[Tally], Stretch] = {}
    with suppress(BrokenProcessPool):
        for stretch in stretches:
            waiting[pool.submit(run_job, job, *stretch)] = stretch
    try:
        for future in as_completed(waiting):
            with suppress(BrokenProcessPool):
                tally = future.result()
                done.add(waiting[future])
                yield tally
    finally:
        for future in waiting:
            future.cancel()  # of those not yet begun, where nobody waits any more
    return done


def dask(address: str, *, patience: float = 10.0) -> Runner:
    """Return what runs jobs on the workers of a Dask cluster, by its scheduler's address.

    The plan is sent once to each worker. A worker that is lost has its stretches run by others.

    Parameters
    ----------
    patience
        Seconds to wait for the scheduler to answer.

    Raises
    ------
    MissingExtraError
        The package ``distributed`` is not installed.
    PlanError
        When it runs: the scheduler does not answer, has no workers, or its workers fail.
    """
    try:
        from importlib import import_module  # noqa: PLC0415 - rare

        distributed: Any = import_module("distributed")  # an extra
    except ImportError:
        raise MissingExtraError("distributed", "dask", "Risk on a Dask cluster") from None

    def run(job: Job, stretches: Sequence[Stretch]) -> Iterator[Tally]:
        try:
            client = distributed.Client(address, timeout=patience, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            raise PlanError(
                f'There is no Dask scheduler at "{address}": give the address it prints when it '
                "starts, such as tcp://10.0.0.5:8786."
            ) from None
        with client:
            if not client.scheduler_info()["workers"]:
                raise PlanError(f'The Dask scheduler at "{address}" has no workers yet.')
            sent = client.scatter(job, broadcast=True, hash=False)
            waiting = [
                client.submit(run_job, sent, *stretch, pure=False, retries=_TRIES)
                for stretch in stretches
            ]
            for future in distributed.as_completed(waiting, loop=client.loop):
                yield future.result()

    return run
