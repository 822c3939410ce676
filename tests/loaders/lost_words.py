"""Which words of a paper a plan and its problems lose: the test that nothing is dropped silently.

Stricter than `tests.loaders.small_paper.find_lost`: a line may be a whole page, so a problem counts
for the words of its sentence alone, never for its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem


def find_lost_words(
    text: str,
    plan: Plan,
    problems: Iterable[Problem],
    labels: Iterable[str] = (),
    *,
    joined: bool = False,
) -> list[tuple[int, str]]:
    """Return each word, with its line, that nothing with this line as its source holds.

    ``joined`` says that lines without a blank one between them are one paragraph, which is told
    where it begins. The quotes of items do not count: their titles, dates and notes must hold the
    words.
    """
    known: dict[int, set[str]] = {}
    _collect(plan.model_dump(mode="json", by_alias=True), known)
    whole: dict[int, list[list[str]]] = {}
    for one in problems:
        if one.source is not None and one.source.line is not None:
            known.setdefault(one.source.line, set()).update(_words(one.message))
            if one.code == "not-placed":  # its sentence begins with the start of what it tells
                whole.setdefault(one.source.line, []).append(_words(one.message))
    front = set(_words(f"{plan.title} {(plan.model_extra or {}).get('x_period', '')}"))
    everywhere = front | {label.casefold() for label in labels}
    lost: list[tuple[int, str]] = []
    goes_on = False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        words = _words(line)
        start = words[:3]
        told_here = any(start and told[: len(start)] == start for told in whole.get(number, []))
        goes_on = joined and bool(words) and "\t" not in line and (told_here or goes_on)
        if told_here or goes_on:
            continue  # the whole line is told
        found = known.get(number, set()) | everywhere
        lost += [(number, word) for word in words if word not in found]
    return lost


def _collect(node: Any, known: dict[int, set[str]]) -> None:
    if isinstance(node, list):
        for one in node:
            _collect(one, known)
    if not isinstance(node, dict):
        return
    source = node.get("source")
    line = source.get("line") if isinstance(source, dict) else None
    if isinstance(source, dict) and line is not None:
        is_item = "kind" in node and "parent" in node
        texts = [*_texts(node), *([] if is_item else [source.get("quote") or ""])]
        known.setdefault(line, set()).update(word for text in texts for word in _words(text))
    for key, value in node.items():
        if key != "source":
            _collect(value, known)


def _texts(node: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for key, value in node.items():
        if key == "source":
            continue
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            found += [one for one in value if isinstance(one, str)]
        elif isinstance(value, dict) and "source" not in value:
            found += _texts(value)
    return found


def _words(text: str) -> list[str]:
    bare = re.sub(r"</?[a-z]+\d?(?:\s[^<>]*)?>", " ", text).replace("&amp;", "&")
    return re.findall(r"\w+", bare.casefold())
