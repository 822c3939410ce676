"""Lists in the prose of a paper: a sentence that ends with a colon, and the entries after it.

1. Entries that are counted ("(1)", "A.") go on as long as they are counted.
2. Of bullets whose first has no full stop, the list ends with the first that has one: in texts
   that lost their indents, the bullets after it are sentences of the paper again.
3. Other bullets belong to the list as long as they last, unless the leading sentence is a bullet
   itself.
4. A heading that repeats the letter and words of an entry opens the section about that entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.titles import fold_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.statements import Prose, Section, Statement

__all__ = ["PaperList", "find_entry", "find_lists"]


@dataclass(frozen=True, slots=True)
class PaperList:
    """A sentence that leads to a list, and its entries; none where the list is not there."""

    lead: Statement
    entries: tuple[Statement, ...]
    headed: bool = False

    @property
    def counted(self) -> bool:
        """Whether its entries carry letters or numbers."""
        return bool(self.entries) and self.entries[0].mark is not None


def find_lists(prose: Prose) -> list[PaperList]:
    """Return every list of a paper by its leading sentence (rules 1-3 above).

    ``headed`` says that a heading follows the colon, so that what it leads to is a section.
    """
    found: list[PaperList] = []
    for place, lead in enumerate(prose.statements):
        if not lead.last or not lead.text.endswith(":"):
            continue
        rest = prose.statements[place + 1 :]
        following = rest[0] if rest else None
        headed = any(
            one.line > lead.line and (following is None or one.line < following.line)
            for one in prose.sections
        )
        entries = () if headed else tuple(_take(lead, rest))
        found.append(PaperList(lead, entries, headed))
    return found


def _take(lead: Statement, rest: Sequence[Statement]) -> Iterator[Statement]:
    counted = bool(rest) and rest[0].mark is not None
    open_ended = bool(rest) and not rest[0].text.endswith(".")
    for one in rest:
        bare = one.bullet and one.number is None and one.first and one.last
        if (counted and one.mark is None) or not (counted or bare):
            return
        if not counted and not open_ended and lead.bullet:
            return
        yield one
        if not counted and open_ended and one.text.endswith("."):
            return


def find_entry(section: Section, entries: Sequence[Statement]) -> Statement | None:
    """Return the entry of a list that a section is about (rule 4)."""
    for one in entries:
        if one.mark == section.mark and fold_title(one.text) == fold_title(section.text):
            return one
    return None
