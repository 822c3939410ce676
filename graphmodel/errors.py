"""Every exception knockon raises on purpose, in one place.

``KnockonError`` is the root: the command line turns it into one sentence and exit code 2. Each
message says what is wrong, where, and what to do; the facts are attributes too.

    KnockonError
    ├── SpanError           a length of time that cannot be read
    ├── DateError           a date that cannot be read, or lies outside 1900 to 2200
    ├── FileError           a file that is missing, empty, unreadable or cannot be written
    ├── PlanError           a plan that breaks the rules of the plan file
    │   └── CycleError      dependencies that run in a circle
    ├── ScenarioError       a change that cannot be made
    ├── UnknownIdError      an id the plan does not hold
    ├── UnknownCheckError   a check that there is not
    ├── ReferenceClassError a reference class that there is not, or that cannot be used
    ├── StoreError          a store of plans that cannot be reached, read or written
    ├── UnknownRuleError    a rule for suggesting dependencies that there is not
    └── MissingExtraError   an optional package that is not installed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.words import join_words

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CycleError",
    "DateError",
    "FileError",
    "KnockonError",
    "MissingExtraError",
    "PlanError",
    "ReferenceClassError",
    "ScenarioError",
    "SpanError",
    "StoreError",
    "UnknownCheckError",
    "UnknownIdError",
    "UnknownRuleError",
]


class KnockonError(Exception):
    """Root of all errors a user can cause; ``str()`` of it is one sentence for people."""


class SpanError(KnockonError, ValueError):
    """A span such as ``10wd`` that does not follow the grammar."""


class DateError(KnockonError, ValueError):
    """A date that cannot be read or lies outside the years knockon works with."""


class FileError(KnockonError, OSError):
    """A file that cannot be read or written as asked."""


class PlanError(KnockonError, ValueError):
    """A plan that breaks the rules; ``faults`` holds one sentence for each fault found."""

    def __init__(self, message: str, faults: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults) or (message,)


class CycleError(PlanError):
    """Dependencies in a circle; ``items`` lists every item on it, ``steps`` each step in words."""

    def __init__(self, items: Sequence[str], steps: Sequence[str]) -> None:
        self.items = tuple(items)
        self.steps = tuple(steps)
        super().__init__(
            f"These {len(self.items)} items wait for each other in a circle: "
            f"{'; '.join(self.steps)}. Remove or turn round one of these links."
        )


class ScenarioError(KnockonError, ValueError):
    """A scenario or a change in it that cannot be carried out."""


class StoreError(KnockonError, RuntimeError):
    """A store of plans that cannot be reached, or that refuses what is asked of it."""


class UnknownIdError(KnockonError, LookupError):
    """An id that the plan does not hold; ``close`` lists ids that look like it."""

    def __init__(self, what: str, unknown: str, close: Sequence[str] = ()) -> None:
        self.unknown = unknown
        self.close = tuple(close)
        hint = _hint(self.close)
        super().__init__(f'The plan has no {what} "{unknown}".{hint}')


class UnknownCheckError(KnockonError, LookupError):
    """A check or family of checks that there is not; ``close`` lists names that look like it."""

    def __init__(self, unknown: str, close: Sequence[str] = ()) -> None:
        self.unknown = unknown
        self.close = tuple(close)
        hint = _hint(self.close)
        super().__init__(
            f'There is no check and no family of checks "{unknown}".{hint} '
            "knockon check --list names them all."
        )


class ReferenceClassError(KnockonError, ValueError):
    """A reference class that there is not, or a file of them that breaks the rules."""


class UnknownRuleError(KnockonError, LookupError):
    """A rule for suggesting dependencies that there is not; ``rules`` are those there are."""

    def __init__(self, unknown: str, rules: Sequence[str]) -> None:
        self.unknown = unknown
        self.rules = tuple(rules)
        super().__init__(f'There is no rule "{unknown}". The rules are: {", ".join(self.rules)}.')


class MissingExtraError(KnockonError, ImportError):
    """A package of an optional extra is not installed."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package}, which is not installed: "
            f'install it with  pip install "knockon[{extra}]".'
        )


def _hint(close: Sequence[str]) -> str:
    """Ask whether one of these was meant."""
    return f" Did you mean {join_words(close, last='or')}?" if close else ""
