"""Defects of a governance paper itself: reported with their line, never put right.

=========================  ========  ==============================================================
code                       severity  what it says
=========================  ========  ==============================================================
``title-missing``          info      no heading or row gives the paper a title
``paper-undated``          info      nothing says for which meeting, or when, the paper is
``sentence-cut``           warning   a paragraph ends in the middle of a sentence
``sentence-continued``     info      a page end cuts a sentence in two
``list-missing``           warning   a sentence leads to a list or figure that is not there
``paragraph-missing``      warning   the numbers of paragraphs leave one out
``paragraph-twice``        warning   two paragraphs have one number
``paragraphs-unnumbered``  info      the numbers of a chapter begin later than at 1
``body-unnamed``           warning   "The Committee" without a name
``date-misread``           warning   the ordinal of a day is no ordinal (a misread "th")
``date-without-year``      warning   a month without its year
``quote-doubled``          info      an apostrophe is printed twice
``abbreviation-differs``   info      one name has two abbreviations
``chair-missing``          info      nobody is named as the chair of a body that holds or oversees
``chair-differs``          warning   a body is given two chairs
``cadence-differs``        warning   a body is said to meet at two intervals
``reports-to-several``     info      a body reports to several: the first is kept as the line
``reporting-circle``       warning   bodies report to each other in a circle
``approval-two-bodies``    warning   one approval, on one day, is given to two bodies
``approval-dates-differ``  warning   one body approved a document on two days
``names-alike``            info      two names of one kind differ by a word: they are kept apart
``count-differs``          warning   the paper states a number and lists another
=========================  ========  ==============================================================
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold
from loaders.governance_entities import NUMBER, find_circle, read_number
from loaders.governance_labels import LABELLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphmodel.people import Relation
    from loaders.draft import Draft
    from loaders.governance_lists import PaperList
    from loaders.governance_mentions import Marked
    from loaders.governance_names import Named, Names
    from loaders.governance_plan import Arrangements
    from loaders.statements import Prose

__all__ = ["report_arrangements", "report_lists", "report_prose", "report_sentence"]

_WHOLE: Final = 8  # words from which an entry without a full stop is a sentence
_DOUBLED: Final = re.compile("['\u2018\u2019]{2}")
_MONTH: Final = re.compile(
    r"\b(?:in|by|from|until|during|end\s+of)\s+(January|February|March|April|June|July|August|"
    r"September|October|November|December)\b(?!\s+(?:of\s+)?\d)"
)
_LISTED: Final = re.compile(
    rf"\b(?P<number>{NUMBER})\s+(?:\w+\s+)?(?:aims|priorities|themes|objectives|outcomes|pillars"
    r"|actions|recommendations)\b"
)


def report_prose(draft: Draft, prose: Prose, lists: Iterable[PaperList]) -> None:
    """Report where sentences are cut and numbers of paragraphs do not follow.

    Entries of lists, and short bullets, need no full stop.
    """
    entries = {entry.line for one in lists for entry in one.entries}
    for line in prose.joined:
        message = "A page end cuts the sentence above in two: it goes on here."
        draft.report("sentence-continued", "info", message, line)
    for one in prose.statements:
        sentence = not (one.bullet or one.number) or len(one.text.split()) >= _WHOLE
        named = one.mark is not None or LABELLED.fullmatch(one.text) is not None
        if one.line in entries or named or " " not in one.text:
            continue
        if one.last and not one.is_whole and sentence:
            message = f'The sentence "\u2026{one.text[-40:]}" ends without a full stop.'
            draft.report("sentence-cut", "warning", message, one.line)
    _report_numbers(draft, prose)


def _report_numbers(draft: Draft, prose: Prose) -> None:
    numbers = [(one.number, one.line) for one in prose.statements if one.number and one.first]
    parts = [(tuple(map(int, number.split("."))), line) for number, line in numbers]
    if parts and parts[0][0][-1] > 1:
        first = ".".join(map(str, parts[0][0]))
        message = f"The first paragraph with a number is {first}: those before it have none."
        draft.report("paragraphs-unnumbered", "info", message, parts[0][1])
    for (one, _), (other, line) in pairwise(parts):
        if one[:-1] != other[:-1]:
            continue
        shown = ".".join(map(str, other))
        if other == one:
            draft.report("paragraph-twice", "warning", f"Two paragraphs are {shown}.", line)
        elif other[-1] != one[-1] + 1:
            message = f"Paragraph {shown} follows {'.'.join(map(str, one))}: one is missing."
            draft.report("paragraph-missing", "warning", message, line)


def report_sentence(draft: Draft, marked: Marked) -> None:
    """Report what is wrong with the words of one sentence."""
    line, text = marked.statement.line, marked.statement.text
    for words in marked.unnamed:
        message = f'The paper does not name "{words}".'
        draft.report("body-unnamed", "warning", message, line)
    for words in marked.misread:
        message = f"The day '{words}' is misprinted: it is read as {words.rstrip(_ODD)}."
        draft.report("date-misread", "warning", message, line)
    for named, letters in marked.letters:
        message = f'"{named.title}" is {named.letters} elsewhere and {letters} here.'
        draft.report("abbreviation-differs", "info", message, line)
    for match in _MONTH.finditer(fold(text)):
        message = f'"{match.group()}" has no year.'
        draft.report("date-without-year", "warning", message, line)
    if _DOUBLED.search(text):
        draft.report("quote-doubled", "info", "An apostrophe is printed twice.", line)


_ODD: Final = "\"'*\u00b0\u2122\u201c\u201dthsnr "


def report_lists(draft: Draft, lists: Iterable[PaperList]) -> None:
    """Report lists that are not there, and those of another length than their sentence says."""
    for one in lists:
        if not one.entries and not one.headed:
            message = f'"\u2026{one.lead.text[-40:]}" leads to a list or figure that is not there.'
            draft.report("list-missing", "warning", message, one.lead.line)
        match = _LISTED.search(one.lead.text.casefold())
        if match is None or not one.entries:
            continue
        stated = read_number(match["number"])
        if stated != len(one.entries):
            message = f"The paper says {match['number']} and lists {len(one.entries)}."
            draft.report("count-differs", "warning", message, one.lead.line)


def report_arrangements(draft: Draft, names: Names, made: Arrangements) -> None:
    """Report what the relations of a paper leave open or contradict."""
    for named in names.of("body"):
        _report_body(draft, named, made, names)
    circle = find_circle(made.relations)
    if circle:
        titles = {one.id: one.title for one in names.named.values()}
        shown = ", ".join(f'"{titles.get(one, one)}"' for one in circle)
        line = max(_line(one) for one in made.relations if one.from_ in circle)
        message = f"These report to each other in a circle, so no line is kept: {shown}."
        draft.report("reporting-circle", "warning", message, line)
    _report_approvals(draft, names, made.relations)
    _report_alike(draft, names)


def _report_body(draft: Draft, named: Named, made: Arrangements, names: Names) -> None:
    chairs = made.beginnings("chairs", named)
    if len({one.from_ for one in chairs}) > 1:
        message = f'"{named.title}" is given several chairs: the first is kept.'
        draft.report("chair-differs", "warning", message, _line(chairs[-1]))
    acts = [*made.ends("holds_to_account", named), *made.ends("oversees", named)]
    if acts and not chairs:
        message = f'The paper does not say who chairs "{named.title}".'
        draft.report("chair-missing", "info", message, _line(acts[0]))
    held = made.cadences.get(named.id, [])
    if len({one.words for one in held}) > 1:
        shown = ", ".join(f"{one.words} (line {one.line})" for one in held)
        message = f'"{named.title}" is said to meet or to be used at several intervals: {shown}.'
        draft.report("cadence-differs", "warning", message, held[-1].line)
    bodies = {one.id for one in names.of("body")}
    above = [one for one in made.ends("reports_to", named) if one.to in bodies]
    if len({one.to for one in above}) > 1:
        message = f'"{named.title}" reports to several bodies: the first is kept as its line.'
        draft.report("reports-to-several", "info", message, _line(above[-1]))


def _report_approvals(draft: Draft, names: Names, relations: Sequence[Relation]) -> None:
    titles = {one.id: one.title for one in names.named.values()}
    approvals: dict[str, list[Relation]] = {}
    for one in relations:
        if one.type == "approves" and one.on is not None:
            approvals.setdefault(one.to, []).append(one)
    for document, given in approvals.items():
        told: set[frozenset[str]] = set()
        for one, other in combinations(given, 2):
            both = frozenset({one.from_, other.from_})
            fault = None if both in told else _compare(one, other)
            if fault is None:
                continue
            told.add(both)
            code, doubt = fault
            first, second = titles.get(one.from_, one.from_), titles.get(other.from_, other.from_)
            message = (
                f'"{titles[document]}" is approved on {one.on} by "{first}" (line {_line(one)}) '
                f'and on {other.on} by "{second}": {doubt}.'
            )
            draft.report(code, "warning", message, _line(other), (document,))


def _compare(one: Relation, other: Relation) -> tuple[str, str] | None:
    """Return what is doubtful about two approvals of one document, if anything."""
    same_body, same_day = one.from_ == other.from_, one.on == other.on
    if same_day and not same_body:
        return "approval-two-bodies", "it may be one body under two names"
    if same_body and not same_day and not _edition_differs(one, other):
        return "approval-dates-differ", "one of the days may be wrong"
    return None


def _edition_differs(one: Relation, other: Relation) -> bool:
    editions = [(each.model_extra or {}).get("x_edition") for each in (one, other)]
    return editions[0] != editions[1]


def _report_alike(draft: Draft, names: Names) -> None:
    """Report names of which one is another with one word left out; offices have many such."""
    for (kind, key), named in names.named.items():
        words = key.split()
        if kind == "office" or len(words) < len("ABC"):
            continue
        for place in range(len(words)):
            other = names.named.get((kind, " ".join(words[:place] + words[place + 1 :])))
            if other is not None:
                first, second = sorted((named, other), key=lambda one: one.line)
                message = f'"{first.title}" and "{second.title}" may be one: they are kept apart.'
                draft.report("names-alike", "info", message, second.line)


def _line(relation: Relation) -> int:
    return relation.source.line or 0 if relation.source is not None else 0
