"""Boards and bodies that a paper names in its prose and titles.

1. A body is a run of capitalised words ("and", "of", "for", "&" may stand between them) that ends
   in Board, Committee, Panel, Forum, Leadership Team or Executive (not Chief Executive); Cabinet
   and Full or Shadow Council are bodies by themselves, and so are the abbreviations in ``TEAMS``.
2. An article or a verb that begins the run is no part of the name, and a word that opens a
   sentence is none if the rest is named elsewhere.
3. "Adults and Children's Internal Improvement Boards" are two: the words after the second name
   belong to both. Any other plural is a class of bodies and is not listed.
4. An abbreviation in brackets behind a name is kept in ``also`` and gives the id.
5. The kind follows the words of the name, in this order: Joint, Shadow, Growth, Integrated,
   Combined or Partners(hip) without Internal: ``external``; Audit, Assurance, Oversight, Scrutiny
   or Improvement: ``assurance``; Panel, Forum or Advisory: ``advisory``; else ``decision``.
6. "Cabinet and Leadership Team" and "Audit Board and Care Board" are two each: a name that holds
   the last word of another before "and" is cut there. An abbreviation that the paper spells out is
   the body of that name; "SLT contract" is a contract, not a team.
7. Names that differ are different bodies. Where one has a single word more, that is reported.

Nothing is said of members, meetings or lines of reporting unless a paper lists them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.people import Board
from graphmodel.stretches import fold
from loaders.ids import free_id, make_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from loaders.draft import Draft

__all__ = ["TEAMS", "Mention", "Passage", "find_bodies", "find_kind", "name_bodies"]

#: Leadership teams that councils call by their initials and rarely spell out.
TEAMS: Final = ("CLT", "SLT", "DLT", "CMT", "SMT")

_WORD = r"[A-Z][\w'-]*"
_RUN = rf"(?:{_WORD}\s+(?:(?:and|of|for|&)\s+)?){{1,8}}"
_BODY = re.compile(
    rf"(?:(?P<words>{_RUN})(?P<head>Board|Committee|Panel|Forum|Leadership\s+Team|Executive"
    r"|board(?=s)|committee(?=s)|panel(?=s))"
    r"(?P<plural>s|\(s\))?(?![\w'-])"
    r"|(?P<alone>(?:Full|Shadow)\s+Council|Cabinet(?!\s+(?:Member|Office|Portfolio))"
    rf"|(?:{'|'.join(TEAMS)})(?!\s+contract))\b)"
)
_OPENERS: Final = frozenset(
    {
        *("the", "a", "an", "this", "that", "our", "each", "all", "any", "new", "via", "by", "to"),
        *("with", "and", "of", "for", "agree", "approve", "convene", "create", "deliver"),
        *("develop", "embed", "establish", "hold", "implement", "launch", "present", "refresh"),
        *("re-establish", "re-launch", "relaunch", "report", "review", "set", "stand"),
        *("strengthen", "support", "in", "january", "february", "march", "april", "june", "july"),
        *("august", "september", "october", "november", "december"),
    }
)
_JOINED = re.compile(
    r"(?<=\bBoard)\s+and\s+|(?<=\bCommittee)\s+and\s+|(?<=\bPanel)\s+and\s+"
    r"|(?<=\bForum)\s+and\s+|(?<=\bCabinet)\s+and\s+"
)
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+(?=[A-Z(])")
_KINDS: Final[tuple[tuple[frozenset[str], Literal["external", "assurance", "advisory"]], ...]] = (
    (
        frozenset(
            {"joint", "shadow", "growth", "integrated", "combined", "partnership", "partners"}
        ),
        "external",
    ),
    (frozenset({"audit", "assurance", "oversight", "scrutiny", "improvement"}), "assurance"),
    (frozenset({"panel", "forum", "advisory"}), "advisory"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a paper in which bodies may be named, and its line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A body where it is named: its words, the sentence around it, whether it opens one."""

    words: str
    line: int
    quote: str
    opens: bool


def name_bodies(
    draft: Draft, passages: Iterable[Passage], abbreviations: Mapping[str, str]
) -> tuple[Board, ...]:
    """Return the bodies named in the passages, in order, each where it is named first."""
    mentions = [one for passage in passages for one in find_bodies(passage)]
    boards: dict[tuple[str, ...], Board] = {}
    short = {_key(words): letters for letters, words in abbreviations.items()}
    known = {_key(mention.words) for mention in mentions}
    taken = set(draft.items)
    for mention in mentions:
        words = _drop_opener(mention, known)
        words = abbreviations.get(words, words)
        key = _key(words)
        if key in boards:
            continue
        letters = short.get(key)
        name = free_id(make_slug(letters or words) or "board", taken)
        taken.add(name)
        boards[key] = Board(
            id=name,
            title=words,
            also=(letters,) if letters else (),
            kind=find_kind(words),
            source=draft.source(mention.line, mention.quote),
        )
    _report_alike(draft, boards)
    return tuple(boards.values())


def find_bodies(passage: Passage) -> Iterator[Mention]:
    """Yield what a passage names as a body (rules 1-3)."""
    for sentence in _SENTENCE_END.split(passage.text):
        for match in _BODY.finditer(fold(sentence)):
            begin = match.start()
            for words in _read_match(match, sentence):
                yield Mention(words, passage.line, sentence, begin == 0)


def _read_match(match: re.Match[str], sentence: str) -> list[str]:
    if match["alone"] is not None:
        return [match["alone"]]
    words = sentence[match.start("words") : match.end("words")].split()
    head = sentence[match.start("head") : match.end("head")].title()
    while words and words[0].casefold() in _OPENERS:  # rule 2
        words.pop(0)
    if not words or (head == "Executive" and "Chief" in words):
        return []
    if match["plural"] != "s":
        return _JOINED.split(" ".join((*words, head)))  # rule 6
    joint = words.index("and") if "and" in words else 0  # rule 3
    first, second, shared = words[:joint], words[joint + 1 : joint + 2], words[joint + 2 :]
    if not first or not second:
        return []
    return [" ".join((*own, *shared, head)) for own in (first, second)]


def _drop_opener(mention: Mention, known: set[tuple[str, ...]]) -> str:
    _, _, rest = mention.words.partition(" ")
    if mention.opens and " " in rest and _key(rest) in known:
        return rest
    return mention.words


def find_kind(words: str) -> Literal["decision", "assurance", "advisory", "external"]:
    """Return the kind of a body from its name (rule 5)."""
    named = set(fold(words).casefold().split())
    for signs, kind in _KINDS:
        if named & signs and not (kind == "external" and "internal" in named):
            return kind
    return "decision"


def _key(words: str) -> tuple[str, ...]:
    same = fold(words).casefold().replace("&", "and")
    return tuple(re.findall(r"[\w'-]+", same))


def _report_alike(draft: Draft, boards: Mapping[tuple[str, ...], Board]) -> None:
    for (one, first), (other, second) in combinations(boards.items(), 2):
        small, large = sorted((one, other), key=len)
        if len(large) == len(small) + 1 and len(small) > len("AB") and _is_within(small, large):
            line = max(board.source.line or 0 for board in (first, second) if board.source)
            message = f'"{first.title}" and "{second.title}" may be one body: they are kept apart.'
            draft.report("boards-alike", "info", message, line)


def _is_within(small: Sequence[str], large: Sequence[str]) -> bool:
    """Return whether the words of one come in the same order among those of the other."""
    left = iter(large)
    return all(word in left for word in small)
