"""The boards, officers, documents and counts of a governance paper, made from what is arranged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from graphmodel.items import Item
from graphmodel.measures import Stated
from graphmodel.people import Board, Officer
from loaders.bodies import find_kind
from loaders.governance_names import is_minister

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.people import Relation
    from loaders.draft import Draft
    from loaders.governance_cover import Meeting
    from loaders.governance_mentions import Marked
    from loaders.governance_names import Named, Names
    from loaders.governance_plan import Arrangements

__all__ = [
    "NUMBER",
    "find_circle",
    "find_counts",
    "make_boards",
    "make_document",
    "make_officers",
    "read_number",
]

_MEMBERS: Final = re.compile(r"\b(?:leader|members?|mayor|councillors|holders?)\b", re.IGNORECASE)
_ASSURING: Final = frozenset({"office", "clinic", "clinics", "unit"})
_NUMBERS: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    "twenty",
)
#: A number in digits, or in words from two.
NUMBER: Final = rf"(?:\d{{1,4}}|{'|'.join(_NUMBERS[1:])})"
_COUNTED: Final = (
    "aims|programmes|priorities|themes|objectives|outcomes|pillars|workstreams|boards|panels"
    "|committees|officers|members|councillors|directors|actions|recommendations|instructions"
    "|directions|requirements|plans"
)
_COUNT: Final = re.compile(
    rf"(?:(?P<more>more\s+than|fewer\s+than|at\s+least|up\s+to|approximately)\s+)?(?<![\w.,/-])"
    rf"(?P<number>{NUMBER})\s+"
    rf"(?P<what>(?:(?:(?!of\b)[a-z][\w-]*\s+){{0,2}}?(?:{_COUNTED})\b|<[BOD](?P<token>\d+)>))"
    r"(?P<rest>(?:\s+signed\s+up)?)",
    re.IGNORECASE,
)


def read_number(word: str) -> int:
    """Return what a number in digits or in words up to twenty says."""
    return int(word) if word.isdigit() else _NUMBERS.index(word.casefold()) + 1


def make_document(draft: Draft, named: Named) -> None:
    """Add a document to the items of a draft."""
    item = Item.model_validate(
        {
            "id": named.id,
            "kind": "plan",
            "title": named.title,
            "source": draft.source(named.line, named.quote),
            **_other_names(named, "x_also"),
            **({"x_class": True} if named.is_class else {}),
        }
    )
    draft.add(item)


def make_boards(
    draft: Draft, names: Names, made: Arrangements, meeting: Meeting | None
) -> Iterator[Board]:
    """Yield the bodies; what two lines of reporting or two chairs say is told elsewhere.

    ``meeting`` is the one meeting with a date that a paper names: that which it goes to.
    """
    met = names.get("body", meeting.body) if meeting is not None else None
    circular = set(find_circle(made.relations))
    titles = {one.id: one.title for one in names.named.values()}
    bodies = {one.id for one in names.of("body")}
    for named in names.of("body"):
        chairs = [titles[one.from_] for one in made.beginnings("chairs", named)]
        above = [one.to for one in made.ends("reports_to", named) if one.to in bodies]
        members = [titles[one.from_] for one in made.beginnings("member_of", named)]
        oversees = [one.to for one in made.ends("oversees", named) if one.to in draft.items]
        yield Board.model_validate(
            {
                "id": named.id,
                "title": named.title,
                "kind": _kind(named.title),
                "chair": chairs[0] if chairs else None,
                "members": tuple(dict.fromkeys(members)),
                "reports_to": above[0] if above and named.id not in circular else None,
                "meetings": {"dates": [meeting.day]} if meeting and named is met else None,
                "oversees": tuple(dict.fromkeys(oversees)),
                "source": draft.source(named.line, named.quote),
                **_other_names(named, "also"),
                **({"x_class": True} if named.is_class else {}),
                **made.extras.get(named.id, {}),
            }
        )


def find_circle(relations: list[Relation]) -> list[str]:
    """Return everything that reports, over any number of steps, to itself; in order."""
    above: dict[str, list[str]] = {}
    for one in relations:
        if one.type == "reports_to":
            above.setdefault(one.from_, []).append(one.to)
    return [start for start in above if _reaches(start, above)]


def _reaches(start: str, above: dict[str, list[str]]) -> bool:
    seen: set[str] = set()
    ahead = list(above[start])
    while ahead:
        one = ahead.pop()
        if one == start:
            return True
        if one not in seen:
            seen.add(one)
            ahead.extend(above.get(one, ()))
    return False


def _kind(title: str) -> str:
    if title == "Commissioners":
        return "external"
    kind = find_kind(title)
    return "assurance" if kind == "decision" and title.casefold().split()[-1] in _ASSURING else kind


def make_officers(draft: Draft, names: Names, made: Arrangements) -> Iterator[Officer]:
    """Yield the offices and groups."""
    for named in names.of("office"):
        yield Officer.model_validate(
            {
                "id": named.id,
                "title": named.title,
                "kind": _office_kind(named),
                "source": draft.source(named.line, named.quote),
                **_other_names(named, "also"),
                **made.extras.get(named.id, {}),
            }
        )


def _office_kind(named: Named) -> str:
    if is_minister(named):
        return "external"
    if named.is_class or named.title.casefold().endswith(("community", "network")):
        return "group"
    return "member" if _MEMBERS.search(named.title) else "office"


def _other_names(named: Named, key: str) -> dict[str, Any]:
    others = [words for words in named.spellings if words != named.title]
    return {key: others} if others else {}


def find_counts(draft: Draft, marked: Marked, about: str | None) -> Iterator[Stated]:
    """Yield the totals that a sentence states: of what it counts, or what it names first.

    ``about`` is the document the section spoke of last, for sentences that name nothing; "one" is
    no total.
    """
    first = next((one.named.id for one in marked.mentions), about)
    for match in _COUNT.finditer(marked.text):
        token = match["token"]
        mention = marked.mentions[int(token)] if token is not None else None
        item = mention.named.id if mention is not None else first
        words = mention.named.title.lower() if mention is not None else match["what"]
        extra = {"x_qualifier": match["more"]} if match["more"] else {}
        if item is not None and item not in draft.items:
            extra["x_of"] = item
        yield Stated.model_validate(
            {
                "item": item if item in draft.items else None,
                "measure": f"{words}{match['rest']}",
                "value": float(read_number(match["number"])),
                "source": draft.source(marked.statement.line, marked.statement.quote),
                **extra,
            }
        )
