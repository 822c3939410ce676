"""Gates that sentences speak of: a decision word and a board that the plan knows.

==============================================================  ==============  ====================
wording                                                         decision        strength
==============================================================  ==============  ====================
approved / signed off / adopted by (at) the Board               approve         1
approval (sign-off) from (by, of) the Board; Board approval     approve         1
Sign off Capital and Executive boards                           approve         1
agreed by (at) the Board; agreement of the Board                agree           1
endorsed (backed) by the Board; endorsement from its chair      endorse         1
to the Board for approval (decision, agreement, …)              as it says      1
… subject to approval by the Board                              approve         `_WEAK`
considered (reviewed, noted) by the Board; Board decision       note, approve   `_WEAK`
due (presented, on track …) for the Board, where the title has  as it says      as it says
a decision word ("… Approved": "on track for November Cabinet")
a report (paper, business case) to the Board; due to the Board  note            `_WEAK`
==============================================================  ==============  ====================

Not a gate: a board that is only named ("establish the X Board", "in consultation with the Board",
"report regularly to the Board"); what comes after an approval ("launch following approval by …").
Read are the title of an action or milestone, the words of its date, and what was reported of it.
Where they name several bodies in one go or one after the other, each is a gate, and ``order`` is
the order they are named in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.people import Gate
from graphmodel.stretches import fold
from loaders.suggest.board_names import BoardNames
from loaders.suggest.quoting import READ, cite
from loaders.suggest.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphmodel.items import Item, Source
    from graphmodel.plan import Plan
    from loaders.suggest.board_names import Run

__all__ = ["GATE", "find_gates"]

GATE: Final = Rule(
    id="gate",
    name="A board decides",
    why="The item's words say that a body which the plan knows approves, agrees or endorses it.",
    needs="A decision word beside the name of a board of the plan.",
    confidence=0.85,
)

#: Strength of wordings by which a board hears of an item and may or may not decide on it.
_WEAK: Final = 0.7

#: Strength of what was reported of an item, not said in its title.
_REPORTED: Final = 0.9

_DECISIONS: Final = {
    "approve": (
        r"approv(?:al|als|e|es|ed|ing)|sign(?:ed|s|ing)?[ -]?off|ratif(?:y|ied|ies|ication)"
        r"|authoris(?:e|ed|es|ation)|adopt(?:s|ed|ion)?|determin(?:e|ed|ation)"
    ),
    "agree": r"agree(?:d|s|ment)?",
    "endorse": r"endors(?:e|ed|es|ing|ement)|backed|backing",
    "note": r"consider(?:s|ed|ation)?|not(?:ed|ing)|review(?:ed)?|scrutini[sz](?:e|ed)|scrutiny",
}
_WORDS: Final = "|".join(f"(?P<{name}>{words})" for name, words in _DECISIONS.items())
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_FILL: Final = (
    r"(?:(?:the|both|all|a|an|its|their|relevant|respective|full|formal|next)\s+"
    rf"|{_MONTH}\s+(?:\d{{2,4}}\s+)?"
    r"|(?:independent\s+)?(?:chair|chairs|members?|meetings?)\s+(?:of|at)\s+)*"
)
#: Other bodies that are named before the board in one list: "by Finance, Legal and".
_OTHERS: Final = r"(?:[A-Z][\w'&-]*(?:\s+[A-Z][\w'&-]*)*\s*(?:,|,?\s*and|/)\s*(?:by\s+)?)*"

#: A decision word, up to six words that hold no other deed, and "by", "from", "at" before a board.
_BEFORE: Final = re.compile(
    rf"\b(?i:{_WORDS})(?P<gap>(?:\s+(?!by\b|from\b)[\w'-]+){{0,6}}?),?\s+"
    rf"(?i:by|from|at|through|via|of)\s+(?i:{_FILL}){_OTHERS}(?i:{_FILL})$",
)
_WORD: Final = re.compile(rf"\b(?i:{_WORDS})\b")
_DEED: Final = re.compile(r"\b(?:and|or|report\w*|present\w*|\w+ed|established?)\b", re.IGNORECASE)
_SIGN_OFF: Final = re.compile(r"\bsign(?:ed)?[ -]?off\s+(?:the\s+)?$", re.IGNORECASE)
_TAKEN: Final = re.compile(rf"\b(?i:to|before)\s+(?i:{_FILL}){_OTHERS}$")
_PAPER: Final = re.compile(
    r"\b(?:report|paper|papers|business\s+case|proposals?|recommendations?|options|submitted"
    rf"|submission)\s+(?:back\s+)?to\s+{_FILL}$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"(?:'s)?(?:\s*/\s*(?:independent\s+)?chair)?\s+(?:(?:formal|final|to|will|must)\s+)*(?:{_WORDS}|decisions?)\b",
    re.IGNORECASE,
)
_PURPOSE: Final = re.compile(
    rf"(?:\s+meeting)?(?:\s+in\s+\w+(?:\s+\d+)?)?\s+(?:for|to)\s+(?:its\s+|formal\s+|final\s+)?"
    rf"(?:{_WORDS}|decisions?|decide)\b",
    re.IGNORECASE,
)
#: What may follow a board that is named as a body, not as part of another thing's name.
_FREE: Final = re.compile(
    r"\s*(?:$|[^\w\s]|(?:and|or|in|on|by|at|for|of|to|with|before|prior|following|as|then|plus|via"
    r"|from|subject|who|where|that|is|will|which|so|if|once|after|ahead|meetings?|including|during"
    rf"|through|early|late|mid|q\d|\d+|{_MONTH})\b)",
    re.IGNORECASE,
)
_DONE_FIRST: Final = re.compile(
    r"\b(?:following|after|once|since|upon|post|until|pending|awaiting|ahead\s+of"
    r"|in\s+light\s+of|before|prior\s+to)\s+(?:(?:the|its|their|formal|final)\s+)*"
    r"(?:[\w'-]+\s+){0,3}?$",
    re.IGNORECASE,
)
#: On its way to a board, or placed at it: "on track for November Cabinet", "…, at the Board".
_TO: Final = re.compile(
    r"(?:\b(?:on\s+track|due|scheduled|go(?:es|ing)?|taken|presented|pushed|planned|aim(?:ed|ing)"
    r"|timetabled)\b[^.;]{0,40}?\b(?:for|to|at)"
    rf"|,\s+at)\s+{_FILL}$",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"\bsubject\s+to\b", re.IGNORECASE)
_REGULAR: Final = re.compile(
    r"\b(?:regular(?:ly)?|monthly|quarterly|annual(?:ly)?|weekly|ongoing|routine(?:ly)?|update"
    r"|updates|progress|monitor\w*)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.;:!?](?=\s)|\s-\s|[()]")


class _Text(NamedTuple):
    """Words in which bodies may decide on an item, where they stand, and how far they count."""

    words: str
    source: Source | None
    strength: float


class _Decision(NamedTuple):
    """What a body decides, how surely, and the words that say so."""

    word: str
    strength: float
    begin: int
    end: int


def find_gates(plan: Plan) -> tuple[Gate, ...]:
    """Return the gates that an item's words speak of and the plan does not hold yet, proposed."""
    if not plan.boards:
        return ()
    names = BoardNames(plan)
    known = {(gate.item, gate.board) for gate in plan.gates}
    titles = {board.id: board.name for board in plan.boards}
    found: list[Gate] = []
    for item in plan.items:
        if item.status == "cancelled" or item.kind in {"plan", "theme", "objective"}:
            continue
        texts = tuple(_texts(plan, item))
        for number, (board, (text, decision)) in enumerate(_decide(names, item, texts), start=1):
            if (item.id, board) not in known:
                found.append(_build(item, board, titles[board], number, text, decision))
    return tuple(found)


def _texts(plan: Plan, item: Item) -> Iterator[_Text]:
    """Yield the title, how the plan words the date, and what was reported of an item itself."""
    yield _Text(item.title, item.source, 1.0)
    if item.planned.text is not None:
        yield _Text(item.planned.text, item.source, 1.0)
    if plan.index.is_leaf(item.id):
        for entry in item.history:
            if entry.text is not None:
                yield _Text(entry.text, entry.source, _REPORTED)


def _decide(
    names: BoardNames, item: Item, texts: Iterable[_Text]
) -> Iterator[tuple[str, tuple[_Text, _Decision]]]:
    """Yield each board that decides on an item once, in the order they are named."""
    decided: dict[str, tuple[_Text, _Decision]] = {}
    for text in texts:
        for run in names.find(text.words[:READ], item.id):
            decision = _read(text.words[:READ], run, item.title[:READ])
            if decision is not None:
                for board in run.boards:
                    decided.setdefault(board, (text, decision))
    yield from decided.items()


def _build(
    item: Item, board: str, title: str, number: int, text: _Text, decision: _Decision
) -> Gate:
    begin, end = decision.begin, decision.end
    words = text.words[begin:end].strip(", ")
    return Gate.model_validate(
        {
            "item": item.id,
            "board": board,
            "order": number,
            "decision": decision.word,
            "origin": "stated",
            "state": "proposed",
            "confidence": round(GATE.confidence * decision.strength * text.strength, 2),
            "reason": f'The words name {title} with a decision: "{words}".',
            "evidence": cite(item, "both", begin, end, text=text.words, source=text.source),
            "x_rule": GATE.id,
        }
    )


def _read(text: str, run: Run, title: str) -> _Decision | None:
    """Return what a run of boards decides on, by the words before and after it."""
    folded = fold(text)
    ends = [match.end() for match in _CLAUSE.finditer(folded, 0, run.begin)]
    first = ends[-1] if ends else 0
    before, after = folded[first : run.begin], folded[run.end :]
    return _read_after(before, after, first, run) or (
        _read_before(before, first, run, title) if _FREE.match(after) else None
    )


def _read_after(before: str, after: str, first: int, run: Run) -> _Decision | None:
    """Read "Board approval", "Board to approve", "to the Board for approval"."""
    match = _AFTER.match(after)
    if match is not None and not _DONE_FIRST.search(before):
        return _Decision(*_judge(match, before), run.begin, run.end + match.end())
    purpose, taken = _PURPOSE.match(after), _TAKEN.search(before)
    if purpose is not None and taken is not None and not _REGULAR.search(before):
        begin, end = first + taken.start(), run.end + purpose.end()
        return _Decision(*_judge(purpose, before), begin, end)
    return None


def _read_before(before: str, first: int, run: Run, title: str) -> _Decision | None:
    """Read "approved by the Board", "sign off Board", "due to the Board", "report to the Board"."""
    if _SIGN_OFF.search(before):
        return _Decision("approve", 1.0, first, run.end)
    named = _find_last(before)
    if named is not None:
        return _Decision(*_judge(named, before), first + named.start(), run.end)
    if _REGULAR.search(before):
        return None
    due, told = _TO.search(before), _WORD.search(fold(title))
    if due is not None and told is not None:  # the title says what is decided
        return _Decision(*_judge(told, before), first + due.start(), run.end)
    paper = due or _PAPER.search(before)
    if paper is None:
        return None
    return _Decision("note", _WEAK, first + paper.start(), run.end)


def _find_last(before: str) -> re.Match[str] | None:
    """Return the decision word nearest before a board, unless the deed is another one."""
    for word in reversed([*_WORD.finditer(before)]):
        match = _BEFORE.match(before, word.start())
        if match is None:
            continue
        if _DEED.search(match["gap"]) or _DONE_FIRST.search(before[: word.start()]):
            return None
        if match["note"] and _REGULAR.search(before):
            return None
        return match
    return None


def _judge(match: re.Match[str], before: str) -> tuple[str, float]:
    """Return the decision that a match names, and how strongly."""
    word = next((name for name in _DECISIONS if match[name]), "approve")
    is_weak = word == "note" or _CONDITION.search(before) is not None
    return word, _WEAK if is_weak else 1.0
