"""Who and what a governance paper names: bodies, offices and documents, each with its spellings.

1. Bodies are those of `loaders.bodies`, and runs of capitalised words that end in Clinic, Group,
   Office, Unit or Partnership; classes of bodies in the plural ("Scrutiny Committees"); "the
   Executive" and "Commissioners" by themselves; and what held a "Meeting of … Council".
2. Offices begin with, or are, a rank (Chief Executive, Director, Head, Leader, Member, …); so are
   groups such as "senior officers" and "councillors", and communities and networks.
3. Documents are runs of capitalised words that end in Plan, Strategy, Framework, Register or
   Constitution, "Statement of …", and "Directions" and "Instructions" by themselves.
4. Singular and plural, hyphens, "&" and what stands before a possessive make no other name;
   neither does a word that opens a sentence, where the rest is named elsewhere.
5. "Divisional and Service Plans" are two where one of them is named alone elsewhere, and "the
   Executive and Corporate Scrutiny Committee" where "the Executive" is.
6. An abbreviation that the paper spells out names the same, and gives the id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.stretches import fold
from loaders.abbreviations import find_abbreviations
from loaders.bodies import Passage, find_bodies
from loaders.ids import free_id, make_slug
from loaders.office_titles import split_offices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Named", "NamedKind", "Names", "find_names", "is_minister", "name_key"]

NamedKind = Literal["body", "office", "document"]

_WORD: Final = r"[A-Z][\w'-]*"
_RUN: Final = rf"(?:{_WORD}\s+(?:(?:and|of|for|&)\s+)?){{1,8}}"
_LIST: Final = rf"{_WORD}(?:(?:,\s+and\s+|,\s+|\s+and\s+|\s+&\s+|\s+){_WORD})*"
_BODY: Final = re.compile(
    rf"{_RUN}(?:Clinics?|Group|Office|Unit|Partnership|Boards|Committees|Panels|Forums|Teams)\b"
    r"|\b[tT]he\s+(?P<executive>Executive)\b(?!\s+(?!and\b)\w)|\b(?P<alone>Commissioners)\b"
    r"|\b[mM]eeting\s+of\s+(?:the\s+)?(?P<council>(?:[A-Z]\w+\s+)?Council)\b"
)
_OFFICE: Final = re.compile(
    rf"(?:(?:{_WORD}\s+){{1,4}}(?:Officers?|Leads?|Managers?|Members?|Holders?|Treasurer)"
    rf"|(?:{_WORD}\s+){{0,4}}(?:Directors?(?!\s+level)|Heads?(?=\s+of)|Leader|Mayor"
    r"|Chief\s+Executive|Secretary\s+of\s+State))\b"
    rf"(?:\s+(?:of|for)\s+{_LIST}|(?<=Leader)\s+of\s+the\s+Council)?"
    r"|\b(?:senior|responsible|accountable|lead)\s+officers?\b|\b(?:councillors|elected\s+members)\b"
    rf"|{_RUN}(?:Community|Network)\b"
)
_DOCUMENT: Final = re.compile(
    rf"{_RUN}(?:Plans?|Strateg(?:y|ies)|Frameworks?|Registers?|Constitution)\b"
    rf"|\bStatement\s+of\s+{_WORD}|\b(?:Directions|Instructions)\b"
)
#: Before an office that councillors hold: the list of ranks of `loaders.office_titles` has none.
_MEMBER: Final = re.compile(
    r"(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+)(?=(?:Deputy\s+|Lead\s+|Cabinet\s+)?(?:Leader|Mayor|Member"
    r"|Portfolio\s+Holder)\b)"
)
_BARE: Final = re.compile(
    r"Plans?|Strateg(?:y|ies)|Frameworks?|Registers?|Constitution|Clinics?|Group|Office|Unit"
    r"|Partnership|Boards|Committees|Panels|Forums|Teams|Community|Network"
)
_POSSESSIVE: Final = re.compile(r"\b(Council|Authority|City|County|Borough|Government)(?='+s\b)")
_OWNER: Final = re.compile(r"(?<=\w)'+s(?=\s)")
_OPENERS: Final = frozenset(
    {
        *("the", "a", "an", "this", "that", "these", "those", "all", "any", "each", "every", "our"),
        *("its", "their", "new", "draft", "since", "using", "in", "at", "by", "from", "to", "for"),
        *("when", "as", "following", "under", "both", "via", "with", "and", "of", "one", "some"),
    }
)
_CLASS: Final = re.compile(
    r"(?:director|officer|lead|manager|member|holder|head|councillor|clinic|group|board|committee"
    r"|panel|forum|team|plan|register|framework)s\b|strategies$",
    re.IGNORECASE,
)
_MINISTERS: Final = ("secretary of state", "minister")


@dataclass(slots=True)
class Named:
    """One body, office or document: where it is named first, its spellings, its abbreviation.

    ``listed`` is the line of the table row that is about it.
    """

    kind: NamedKind
    title: str
    line: int
    quote: str
    also: list[str] = field(default_factory=list)
    letters: str | None = None
    id: str = ""
    listed: int | None = None

    @property
    def is_class(self) -> bool:
        """Whether the name is a plural: all who hold an office, all bodies of a kind."""
        names = (self.title, *self.also)
        if self.kind != "office":
            names = tuple(words.rpartition(" ")[2] for words in names)
        return any(_CLASS.search(words) for words in names)

    @property
    def spellings(self) -> list[str]:
        """Every way in which the paper writes the name."""
        return [self.title, *self.also, *([self.letters] if self.letters else [])]

    def spell(self, words: str) -> None:
        """Note another way of writing it."""
        if words not in self.spellings:
            self.also.append(words)


@dataclass(frozen=True, slots=True)
class Names:
    """All that a paper names, in order.

    ``joint`` are names that stand for several of them, ``by_letters`` look-ups by abbreviation.
    """

    named: dict[tuple[NamedKind, str], Named]
    joint: dict[str, tuple[Named, ...]]
    by_letters: dict[tuple[NamedKind, str], Named] = field(default_factory=dict)

    def of(self, kind: NamedKind) -> list[Named]:
        """Return those of one kind, in the paper's order."""
        return [one for one in self.named.values() if one.kind == kind]

    def get(self, kind: NamedKind, words: str) -> Named | None:
        """Return what a name of this kind stands for, by its words or its abbreviation."""
        found = self.named.get((kind, name_key(words)))
        return found or self.by_letters.get((kind, words))

    def declare(self, words: str, line: int, quote: str) -> tuple[Named, int | None]:
        """Return the body that a table lists by this name, and the line of an earlier row of it.

        A body that only the text names is the one of the table; a second row is another body.
        """
        known = self.get("body", words)
        if known is None:
            known = self._keep("body", words, line, quote)
        elif known.listed is not None:
            twin = self._keep("body", words, line, quote, f"{name_key(words)} {line}")
            twin.id = free_id(known.id, {one.id for one in self.named.values()}, "~")
            twin.listed = line
            return twin, known.listed
        known.listed = line
        return known, None

    def declare_office(self, words: str, line: int, quote: str) -> Named:
        """Return the office or body of this name, a new office where there is none."""
        known = self.get("office", words) or self.get("body", words)
        return known or self._keep("office", words, line, quote)

    def _keep(
        self, kind: NamedKind, words: str, line: int, quote: str, key: str | None = None
    ) -> Named:
        named = Named(kind, words, line, quote)
        named.id = free_id(_slug(named), {one.id for one in self.named.values()})
        self.named[kind, key or name_key(words)] = named
        return named


@dataclass(frozen=True, slots=True)
class _Candidate:
    kind: NamedKind
    words: str
    line: int
    quote: str
    opens: bool


def name_key(words: str) -> str:
    """Return what two spellings of one name have in common (rule 4)."""
    same = fold(words).casefold().replace("&", " and ").replace("-", " ")
    parts = re.findall(r"\w+(?:'\w+)?", same)
    if not parts:
        return ""
    heads = [_singular(word) if word in {"heads", "directors"} else word for word in parts[:-1]]
    return " ".join((*(one for one in heads if one != "the"), _singular(parts[-1])))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "'s")) else word


def find_names(passages: Sequence[Passage], cover: Sequence[Passage] = ()) -> Names:
    """Return what the passages name (rules 1-6 above), each with the place it is named first.

    ``cover`` are the rows of a front page, in which only bodies and documents are looked for.
    """
    fronts = [one for passage in cover for one in _find_candidates(passage)]
    candidates = [
        *(one for one in fronts if one.kind != "office"),
        *(one for passage in passages for one in _find_candidates(passage)),
    ]
    candidates.sort(key=lambda one: one.line)
    known = {(one.kind, name_key(one.words)) for one in candidates}
    inside = {(one.kind, name_key(one.words)) for one in candidates if not one.opens}
    text = fold(" ".join(passage.text for passage in (*cover, *passages)))
    letters = _find_letters(text)
    short = {key: one for one, key in reversed(letters.items())}
    names = Names({}, {})
    for candidate in candidates:
        words = candidate.words
        if candidate.opens and (candidate.kind, name_key(words)) not in inside:
            words = _drop_opener(candidate, known)
        parts = _split_joint(candidate.kind, words, known)
        whole = [_add(names, candidate, part, letters, short) for part in parts]
        if len(parts) > 1:
            names.joint.setdefault(words, tuple(whole))
    _give_ids(names)
    return names


def _find_letters(text: str) -> dict[str, str]:
    """Return the abbreviations that a text spells out, with the key of what each stands for."""
    plain = _OWNER.sub("", text)
    found = {**find_abbreviations(plain.replace("-", " ")), **find_abbreviations(plain)}
    return {letters: name_key(words) for letters, words in found.items()}


def _find_candidates(passage: Passage) -> Iterator[_Candidate]:
    text = _POSSESSIVE.sub(lambda match: match.group().lower(), fold(passage.text))
    text = _OWNER.sub(lambda match: " " * len(match.group()), text)
    found: list[tuple[int, NamedKind, str]] = []
    for mention in find_bodies(Passage(passage.line, text)):
        begin = max(text.find(mention.words), 0)
        found.append((begin, "body", mention.words))
    for match in _BODY.finditer(text):
        alone = match["executive"] or match["alone"] or match["council"]
        found.append((match.start(), "body", alone or match.group()))
    for match in _OFFICE.finditer(text):
        titles = [title.words for title in split_offices(match.group())]
        parts = (part for words in titles for part in _MEMBER.split(words))
        found += [(match.start(), "office", part) for part in parts]
    found += [(match.start(), "document", match.group()) for match in _DOCUMENT.finditer(text)]
    for begin, kind, words in sorted(found):
        bare = " ".join(words.split())
        while bare and bare.split()[0].casefold() in _OPENERS:
            bare = bare.partition(" ")[2]
        if bare and not _BARE.fullmatch(bare):
            yield _Candidate(kind, bare, passage.line, passage.text, begin == 0)


def _drop_opener(candidate: _Candidate, known: set[tuple[NamedKind, str]]) -> str:
    _, _, rest = candidate.words.partition(" ")
    if rest and (candidate.kind, name_key(rest)) in known:
        return rest
    return candidate.words


def _split_joint(kind: NamedKind, words: str, known: set[tuple[NamedKind, str]]) -> list[str]:
    """Return the names that a name with "and" in it stands for (rule 5)."""
    left, joint, right = words.partition(" and ")
    if not joint or kind == "office":
        return [words]
    if kind == "body":
        return [left, right] if (kind, name_key(left)) in known else [words]
    head = right.rpartition(" ")[2]
    first = f"{left} {head}"
    alone = (kind, name_key(first)) in known or (kind, name_key(right)) in known
    return [first, right] if alone and _singular(head) != head and " " in right else [words]


def _add(
    names: Names,
    candidate: _Candidate,
    words: str,
    letters: dict[str, str],
    short: dict[str, str],
) -> Named:
    """Note a name; ``letters`` gives what an abbreviation stands for, ``short`` the reverse."""
    key = letters.get(words, name_key(words))
    known = names.named.setdefault(
        (candidate.kind, key), Named(candidate.kind, words, candidate.line, candidate.quote)
    )
    known.letters = short.get(key)
    if known.letters is not None:
        names.by_letters[candidate.kind, known.letters] = known
    if known.title == known.letters:
        known.title = words
    known.spell(words)
    return known


def _give_ids(names: Names) -> None:
    taken: set[str] = set()
    for named in _by_kind(names):
        named.id = free_id(_slug(named), taken)
        taken.add(named.id)


def _slug(named: Named) -> str:
    return make_slug(named.letters or named.title) or named.kind


def _by_kind(names: Names) -> Iterable[Named]:
    """Return documents first: ids of items are what people type."""
    return [*names.of("document"), *names.of("body"), *names.of("office")]


def is_minister(named: Named) -> bool:
    """Return whether an office is one of the government, not of the council."""
    return named.title.casefold().startswith(_MINISTERS)
