"""Ids: those that papers print, and readable ones for what has none."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

__all__ = ["IdGiver", "find_printed_id", "free_id", "make_slug", "split_printed_id"]

_PRINTED = r"(?:[A-Z]{1,4}\d{1,3}(?:\.\d{1,3}){0,6}|\d{1,3}(?:\.\d{1,3}){1,6})"
_FIRST = re.compile(
    rf"(?P<id>{_PRINTED})[.:)]?(?:\s+[-\u2013\u2014])?(?:\s+(?P<rest>.*))?", re.DOTALL
)
_LONGEST_SLUG = 80


def split_printed_id(text: str) -> tuple[str, str] | None:
    """Return the id a text begins with ("SI1.1", "IP4", "3.2") and the rest, or ``None``."""
    match = _FIRST.fullmatch(text)
    return None if match is None else (match["id"], match["rest"] or "")


def find_printed_id(text: str, parent: str) -> tuple[str, str, str] | None:
    """Return what stands before an id below ``parent``, the id, and the rest, or ``None``.

    The id must begin a sentence: a reference to another action in mid-sentence is no beginning.
    """
    match = re.search(rf"(?:^|(?<=[.:;]\s)){re.escape(parent)}\.\d{{1,3}}(?=[\s.:)])", text)
    if match is None:
        return None
    return text[: match.start()].strip(), match.group(), text[match.end() :].lstrip(" .:)")


def make_slug(text: str) -> str:
    """Return the words of a title in small letters with hyphens: ``director-of-family-help``."""
    plain = unicodedata.normalize("NFKD", text).replace("&", " and ")
    plain = re.sub(r"['\u2019\u2018\u0300-\u036f]", "", plain).casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug[:_LONGEST_SLUG].rstrip("-")


def free_id(wanted: str, taken: Container[str], joint: str = "-") -> str:
    """Return ``wanted``, or with the next free number behind it: ``head-of-service-2``."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}{joint}{number}" in taken:
        number += 1
    return f"{wanted}{joint}{number}"


class IdGiver:
    """Gives each id out once; as `free_id`, but in the same time however many want the same one."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._taken

    def claim(self, wanted: str, joint: str = "-") -> str:
        """Return ``wanted``, or with the next free number behind it, and keep it."""
        given = wanted
        number = self._numbers.get(wanted, 1)
        while given in self._taken:
            number += 1
            given = f"{wanted}{joint}{number}"
        self._numbers[wanted] = number
        self._taken.add(given)
        return given
