"""Things that titles name: "the new ASC Improvement Plan" is an improvement plan, of social care.

1. A thing is a run of words that no small word and no mark parts, without the verbs and words such
   as "new" that open it, that ends in a noun for something made (`loaders.suggest.thing_words`) or
   has capitals throughout and is no date, and no name of the council, a division, an office or a
   theme. With capitals or short for more words it may also stand before others ("Contracts Register
   analysis"). Its last two words at least say what it is.
2. Abbreviations stand for their words: those that the plan spells out in brackets, and those whose
   letters begin the words of a capitalised run in some title ("PMF": "Performance Management
   Framework"). Forms of a word are one stem; hyphens part words.
3. "Adults, Children's and Housing Improvement Plans" are three; "Operating Model for Housing" is
   that of housing; of "Recharges Report and Budgets" the second is the recharges budget.
4. Where most words begin with a capital, capitals say nothing, and none are gone by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import MONTHS, fold
from loaders.suggest.quoting import READ
from loaders.suggest.stems import SMALL, read_tokens, stem
from loaders.suggest.thing_words import BODIES, is_deed, is_opener, is_plain, is_thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords

__all__ = ["LEAST", "Phrase", "PhraseReader", "find_years"]

#: Words that say what a thing is, counted from its end (rule 1).
LEAST: Final = 2

#: Words of a thing at most, counted from its end, and words that "and" may join to it.
_LONGEST: Final = 6
_JOINED: Final = 3

#: Share of longer words with a capital from which capitals say nothing, in a plan and in a title
#: (rule 4).
_MOSTLY: Final = 0.6
_WHOLLY: Final = 0.85
#: Titles that are looked at to know a plan by.
_SAMPLE: Final = 2000
#: Letters of an abbreviation that is looked for in capitalised words, at least and at most.
_LETTERS: Final = re.compile(r"\b[A-Z]{3,6}\b")
_CAPITALS: Final = re.compile(r"[A-Z][\w']+(?:[\s-][A-Z][\w']+){2,}")
_BREAK: Final = re.compile(r"[,;:.()!?\[\]/\"\u201c\u201d]|\s-|-\s")
_LIST: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)(?:the\s+)?", re.IGNORECASE)
_ABOUT: Final = re.compile(r"\s+(?:for|of)\s+(?:(?:the|a|an|our|its)\s+)*", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(?:20)?(\d\d)/(?:20)?\d\d\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A thing that an item's title names, from ``begin`` to before ``end``.

    ``words`` are its stems in order; ``others`` are, for each name that "and" joins to it, the
    stems of that name, ``opens`` where the first of them begins, and ``about`` the stems after
    "for" or "of" (rule 3). ``years`` are financial
    years in the title; ``is_name``: it has capitals or an abbreviation; ``is_thing``: it ends in a
    noun for something made; ``is_body``: it is a board, team or the like.
    """

    item: str
    words: tuple[str, ...]
    begin: int
    end: int
    opens: int
    others: tuple[frozenset[str], ...]
    about: frozenset[str]
    years: frozenset[str]
    is_name: bool
    is_thing: bool
    is_body: bool


@dataclass(frozen=True, slots=True)
class _Token:
    stems: tuple[str, ...]
    text: str
    last: str
    begin: int
    end: int
    is_short: bool = False

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper() and self.text[:3].casefold() not in MONTHS

    @property
    def is_letters(self) -> bool:
        """Whether the word is an abbreviation, spelled out somewhere or not."""
        return self.is_short or _LETTERS.fullmatch(self.text) is not None


_Run = list[_Token]


def find_years(title: str) -> frozenset[str]:
    """Return the financial years that a title names, as two digits of the year they begin in."""
    return frozenset(match[1] for match in _YEAR.finditer(title))


class PhraseReader:
    """Reads the things that the titles of one plan name."""

    def __init__(self, plan: Plan, words: PlanWords) -> None:
        titles = [fold(item.title[:READ]) for item in plan.items]
        self._last = {short: text.split()[-1] for short, text in words.abbreviations.items()}
        self._spelled = {short: _stems(text) for short, text in words.abbreviations.items()}
        for short, text in _by_initials(titles, self._spelled).items():
            self._last[short] = text.split()[-1]
            self._spelled[short] = _stems(text)
        self._bodies = {
            _stems(name) for board in plan.boards for name in (board.title, *board.also)
        }
        self._topics = {_stems(name) for name in _topics(plan, words)}
        self._has_capitals = _share_of_capitals(" ".join(islice(titles, _SAMPLE))) < _MOSTLY

    def read(self, item: Item) -> Iterator[Phrase]:
        """Yield the things that an item's title names, in order."""
        title = fold(item.title[:READ])
        years = find_years(title)
        by_capitals = self._has_capitals and _share_of_capitals(title) < _WHOLLY
        runs = list(self._runs(title))
        for number, run in enumerate(runs):
            for own, is_name in self._things(title, runs, number, by_capitals=by_capitals):
                words = tuple(one for token in own for one in token.stems)
                opens, others = _others(title, runs, number)
                yield Phrase(
                    item.id,
                    words,
                    own[0].begin,
                    own[-1].end,
                    min(opens, own[0].begin),
                    others,
                    _about(title, run, own, runs[number + 1 : number + 2]),
                    years,
                    is_name or any(token.is_letters for token in own),
                    is_thing(own[-1].last),
                    words in self._bodies or own[-1].last.casefold().removesuffix("s") in BODIES,
                )

    def _things(
        self, title: str, runs: list[_Run], number: int, *, by_capitals: bool
    ) -> Iterator[tuple[_Run, bool]]:
        """Yield the words of each thing in a run, and whether capitals make it a name (rule 1)."""
        run = runs[number]
        before = runs[number - 1] if number else []
        if len(run) == 1 and is_thing(run[0].last) and before and is_thing(before[-1].last):
            own = [*_trim(before[:-1]), run[0]]
            if len(own) >= LEAST and _LIST.fullmatch(title, before[-1].end, run[0].begin):
                yield own, False  # "Recharges Report and Budgets"
                return
        for last, token in enumerate(run):
            own = _trim(run[max(0, last - _LONGEST + 1) : last + 1])
            stems = tuple(one for part in own for one in part.stems)
            if len(stems) < LEAST:
                continue
            is_name = by_capitals and _is_name(own)
            after = run[last + 1] if last + 1 < len(run) else None
            ends = after is None or token.is_short or is_deed(after.text)
            if is_thing(token.last):
                ends = ends or (is_name and after is not None and not is_thing(after.text))
            else:
                ends = is_name and stems not in self._topics
                ends = ends and (after is None or not after.is_capital)
            if ends:
                yield own, is_name

    def _runs(self, title: str) -> Iterator[_Run]:
        """Yield the runs of words that no small word and no mark parts."""
        run: _Run = []
        end = 0
        for match in read_tokens(title):
            gap, word = title[end : match.start()], match.group()
            short = word if word in self._spelled else word.removesuffix("s")
            spelled = self._spelled.get(short)
            if (
                spelled is not None
                and gap.endswith("(")
                and run
                and run[-1].stems[-1] == spelled[-1]
            ):
                end = match.end() + 1  # "Target Operating Model (TOM)" is one name
                continue
            is_small = spelled is None and (word.casefold() in SMALL or word.isdigit())
            if run and (is_small or _BREAK.search(gap)):
                yield run
                run = []
            end = match.end()
            if spelled is not None:
                run.append(
                    _Token(spelled, word, self._last[short], match.start(), end, is_short=True)
                )
            elif not is_small:
                run.append(_Token((stem(word),), word, word, match.start(), end))
        if run:
            yield run


def _topics(plan: Plan, words: PlanWords) -> Iterator[str]:
    """Yield the names that capitals give to what is no thing (rule 1)."""
    yield plan.organisation or ""
    yield from words.abbreviations.values()
    for officer in plan.officers:
        yield from (officer.title, *officer.also)
    for item in plan.items:
        yield item.division or ""
        if item.kind in {"theme", "plan"}:
            yield item.title


def _trim(run: _Run) -> _Run:
    """Return a run without verbs and plain words at its beginning, its last word always kept."""
    start = 0
    while start < len(run) - 1 and not run[start].is_short:
        if not is_opener(run[start].text):
            break
        start += 1
    return run[start:]


def _others(title: str, runs: list[_Run], number: int) -> tuple[int, tuple[frozenset[str], ...]]:
    """Return the names that "and" joins to the beginning of a run, and where they begin."""
    found: list[frozenset[str]] = []
    first = runs[number][0]
    for before in reversed(runs[:number]):
        own = _trim(before)
        if len(own) > _JOINED or is_thing(own[-1].last) or is_opener(own[0].text):
            break
        if not _LIST.fullmatch(title, before[-1].end, first.begin):
            break
        found.append(frozenset(one for token in own for one in token.stems))
        first = own[0]
    return first.begin if found else len(title), tuple(found)


def _about(title: str, run: _Run, own: _Run, following: list[_Run]) -> frozenset[str]:
    if own[-1] is not run[-1] or not following:
        return frozenset()
    begin = title.find(")", own[-1].end, own[-1].end + 10) + 1 or own[-1].end
    if not _ABOUT.fullmatch(title, begin, following[0][0].begin):
        return frozenset()
    telling = (token for token in following[0] if token.is_short or not is_plain(token.text))
    return frozenset(one for token in telling for one in token.stems)


def _is_name(own: _Run) -> bool:
    """Return whether every word has a capital, a title's first word as well as those behind it."""
    return all(token.is_capital for token in own)


def _stems(text: str) -> tuple[str, ...]:
    tokens = (match.group() for match in read_tokens(text))
    return tuple(stem(token) for token in tokens if token.casefold() not in SMALL)


def _by_initials(titles: Iterable[str], known: Mapping[str, object]) -> dict[str, str]:
    """Return the abbreviations whose letters begin the words of a capitalised run (rule 2)."""
    texts = list(titles)
    wanted = {short for text in texts for short in _LETTERS.findall(text)} - known.keys()
    found: dict[str, str] = {}
    for run in (run for text in texts for run in _CAPITALS.findall(text)):
        words = re.split(r"[\s-]", run)
        letters = "".join(word[0] for word in words)
        for begin in range(len(words) - 2):
            for end in range(begin + 3, min(len(words), begin + 6) + 1):
                if letters[begin:end] in wanted:
                    found.setdefault(letters[begin:end], " ".join(words[begin:end]))
    return found


def _share_of_capitals(text: str) -> float:
    words = [match.group() for match in read_tokens(text) if len(match.group()) > len("and")]
    return sum(word[0].isupper() for word in words) / max(1, len(words))
