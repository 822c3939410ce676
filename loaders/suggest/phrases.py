"""Things that titles name: "the new ASC Improvement Plan" is an improvement plan, of adult social care.

1. A thing is a run of words without small words, marks or verbs of delivery at its beginning, that
   ends in a noun for something made ("plan", "model", "register", … : ``THINGS``), or a run of two
   or more capitalised words in the middle of a title.
2. Abbreviations stand for their words: those that the plan spells out in brackets, and those whose
   letters begin the words of a capitalised run in some title ("PMF": "Performance Management
   Framework"). Forms of a word are one stem; hyphens part words.
3. What stands before the last two words narrows them down: "adult social care". So do words joined
   to it by "and" or a comma ("Adults, Children's and Housing Improvement Plans") and those after
   "for" or "of". Words such as "new" or "updated" narrow nothing down.
4. Where most words begin with a capital, capitals say nothing, and none are gone by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold
from loaders.office_titles import COMMON
from loaders.suggest.stages import STAGES
from loaders.suggest.stems import SMALL, read_tokens, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphmodel.items import Item
    from loaders.suggest.plan_words import PlanWords

__all__ = ["Phrase", "PhraseReader"]

#: Nouns for what work makes or keeps up: a thing ends in one of them (rule 1).
THINGS: Final = frozenset(
    stem(word)
    for word in (
        *("account", "agreement", "analysis", "appraisal", "approach", "architecture", "assessment"),
        *("audit", "baseline", "board", "budget", "business-case", "calendar", "campaign", "case"),
        *("catalogue", "centre", "charter", "checklist", "code", "constitution", "contract"),
        *("dashboard", "database", "demonstrator", "design", "directory", "facility", "forecast"),
        *("forum", "framework", "function", "guidance", "guide", "handbook", "hub", "induction"),
        *("intentions", "inventory", "lab", "map", "masterplan", "matrix", "methodology", "model"),
        *("network", "offer", "package", "panel", "pathway", "pilot", "pipeline", "plan"),
        *("platform", "policy", "portal", "principles", "procedure", "process", "profile"),
        *("programme", "project", "proposal", "protocol", "prospectus", "recharge", "register"),
        *("regulations", "report", "requirement", "review", "roadmap", "rules", "schedule"),
        *("scheme", "scorecard", "service", "site", "specification", "standard", "statement"),
        *("strategy", "structure", "survey", "system", "team", "template", "terms", "tool"),
        *("toolkit", "tracker", "vision", "warehouse", "website", "workshop", "workstream"),
        *("training", "recommendations", "questionnaire", "pathfinder", "partnership"),
    )
)

#: Words that say nothing of which thing is meant (rule 3).
_PLAIN: Final = frozenset(
    stem(word)
    for word in (
        *("new", "updated", "refreshed", "revised", "renewed", "agreed", "approved", "final"),
        *("draft", "detailed", "clear", "robust", "comprehensive", "full", "first", "second"),
        *("initial", "interim", "annual", "existing", "current", "future", "enhanced", "improved"),
        *("consolidated", "single", "overall", "key", "relevant", "supporting", "subsequent"),
        *("associated", "wider", "complete", "completed", "formal", "ongoing", "regular", "own"),
        *("future", "better", "effective", "proposed", "planned", "published", "refresh"),
    )
)
_VERBS: Final = frozenset(stem(word) for stage in STAGES for word in stage.words) | frozenset(
    stem(word)
    for word in (
        *("deliver", "complete", "conduct", "undertake", "hold", "produce", "commence", "start"),
        *("continue", "enable", "support", "improve", "strengthen", "provide", "ensure", "align"),
        *("use", "inform", "present", "submit", "achieve", "enhance", "streamline", "include"),
    )
)
_BREAK: Final = re.compile(r"[,;:.()!?\[\]/\"\u201c\u201d]|\s-|-\s")
_LIST: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)(?:the\s+)?", re.IGNORECASE)
_ABOUT: Final = re.compile(r"\s*(?:\([A-Z]{2,8}s?\)\s*)?(?:for|of|in)\s+(?:the\s+|a\s+|our\s+)*", re.I)
_LETTERS: Final = re.compile(r"\b[A-Z]{3,6}\b")
_RUN: Final = re.compile(r"[A-Z][\w']+(?:[\s-][A-Z][\w']+)+")
_YEAR: Final = re.compile(r"\b(?:20)?(\d\d)/(?:20)?\d\d\b")

#: Share of longer words with a capital from which capitals say nothing (rule 4).
_MOSTLY: Final = 0.6

#: Words of a thing at most, counted from its end; the rest narrows it down.
_LONGEST: Final = 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """A thing that an item's title names.

    ``words`` are its stems in order, ``narrowed`` those that say which one it is beside them
    (rule 3), ``years`` the financial years that stand beside it, ``is_name`` whether it is written
    with capitals or as an abbreviation.
    """

    item: str
    words: tuple[str, ...]
    begin: int
    end: int
    narrowed: frozenset[str]
    years: frozenset[str]
    is_name: bool


@dataclass(frozen=True, slots=True)
class _Token:
    stems: tuple[str, ...]
    text: str
    begin: int
    end: int
    is_letters: bool

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


class PhraseReader:
    """Reads the things that titles of one plan name."""

    def __init__(self, words: PlanWords, titles: Iterable[str]) -> None:
        all_titles = list(titles)
        self._spelled: dict[str, tuple[str, ...]] = {
            short: _stems(text) for short, text in words.abbreviations.items()
        }
        self._spelled = {**_by_initials(all_titles, self._spelled), **self._spelled}
        self.has_capitals = not _is_mostly_capital(" ".join(all_titles[:2000]))

    def read(self, item: Item) -> Iterator[Phrase]:
        """Yield the things that an item's title names, in order."""
        title = fold(item.title)
        years = frozenset(match[1] for match in _YEAR.finditer(title))
        by_capitals = self.has_capitals and not _is_mostly_capital(title)
        runs = list(self._runs(title))
        for number, run in enumerate(runs):
            joined = _joined(title, runs, number)
            for last in range(len(run)):
                first = max(0, last - _LONGEST + 1)
                own = _trim(run[first : last + 1])
                stems = tuple(one for token in own for one in token.stems)
                if len(stems) < len(("head", "noun")):
                    continue
                is_thing = stems[-1] in THINGS
                is_name = by_capitals and _is_name(own, title)
                if not is_thing and not (is_name and _ends_name(run, last)):
                    continue
                after = runs[number + 1] if last == len(run) - 1 and number + 1 < len(runs) else []
                about = after if after and _ABOUT.fullmatch(title, own[-1].end, after[0].begin) else []
                narrowed = {
                    one for token in (*joined, *about) for one in token.stems if one not in _PLAIN
                }
                yield Phrase(
                    item.id, stems, own[0].begin, own[-1].end, frozenset(narrowed), years,
                    is_name or any(token.is_letters for token in own),
                )

    def _runs(self, title: str) -> Iterator[list[_Token]]:
        """Yield the runs of words that no small word and no mark parts."""
        run: list[_Token] = []
        end = 0
        for match in read_tokens(title):
            gap = title[end : match.start()]
            spelled = self._spelled.get(match.group()) or self._plural(match.group())
            if spelled is not None and gap.endswith("(") and _ends_with(run, spelled):
                end = match.end() + 1  # "Target Operating Model (TOM)" is one name
                continue
            if run and (_BREAK.search(gap) or match.group().casefold() in SMALL):
                yield run
                run = []
            end = match.end()
            if match.group().casefold() not in SMALL or spelled is not None:
                stems = spelled or (stem(match.group()),)
                run.append(_Token(stems, match.group(), match.start(), end, spelled is not None))
        if run:
            yield run

    def _plural(self, word: str) -> tuple[str, ...] | None:
        return self._spelled.get(word[:-1]) if word.endswith("s") and word[:-1].isupper() else None


def _trim(run: list[_Token]) -> list[_Token]:
    """Return a run without verbs and plain words at its beginning, its last word always kept."""
    start = 0
    while start < len(run) - 1 and run[start].stems[0] in _VERBS | _PLAIN and len(run[start].stems) == 1:
        start += 1
    return run[start:]


def _joined(title: str, runs: list[list[_Token]], number: int) -> list[_Token]:
    """Return the words that "and" or a comma joins to the beginning of a run (rule 3)."""
    found: list[_Token] = []
    first = runs[number][0]
    for before in reversed(runs[:number]):
        if not _LIST.fullmatch(title, before[-1].end, first.begin) or len(before) > len("abc"):
            break
        if before[-1].stems[-1] in THINGS or before[0].stems[0] in _VERBS:
            break
        found += before
        first = before[0]
    return found


def _is_name(own: list[_Token], title: str) -> bool:
    """Return whether every word has a capital, and not only because a title opens with it."""
    if not all(token.is_capital or token.text[:1].isdigit() for token in own):
        return False
    opens = not title[: own[0].begin].strip()
    return not opens or len(own) > len(("one", "two"))


def _ends_name(run: list[_Token], last: int) -> bool:
    return last == len(run) - 1 or not run[last + 1].is_capital


def _ends_with(run: list[_Token], spelled: tuple[str, ...]) -> bool:
    stems = tuple(one for token in run for one in token.stems)
    return stems[-1:] == spelled[-1:]


def _stems(text: str) -> tuple[str, ...]:
    tokens = (match.group() for match in read_tokens(text))
    return tuple(stem(token) for token in tokens if token.casefold() not in SMALL)


def _by_initials(
    titles: Iterable[str], known: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the abbreviations whose letters begin the words of a capitalised run (rule 2)."""
    texts = [fold(title) for title in titles]
    wanted = {short for text in texts for short in _LETTERS.findall(text)} - known.keys()
    found: dict[str, tuple[str, ...]] = {}
    if not wanted:
        return found
    for text in texts:
        for run in _RUN.findall(text):
            words = re.split(r"[\s-]", run)
            letters = "".join(word[0] for word in words)
            for begin in range(len(words)):
                for end in range(begin + 3, min(len(words), begin + 6) + 1):
                    if letters[begin:end] in wanted:
                        found.setdefault(letters[begin:end], _stems(" ".join(words[begin:end])))
    return found


def _is_mostly_capital(text: str) -> bool:
    words = [match.group() for match in read_tokens(text) if len(match.group()) > len("and")]
    return sum(word[0].isupper() for word in words) > _MOSTLY * len(words)


_TOPICS: Final = frozenset(COMMON)
