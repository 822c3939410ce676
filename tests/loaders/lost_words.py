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
    text: str, plan: Plan, problems: Iterable[Problem], labels: Iterable[str] = ()
) -> list[tuple[int, str]]:
    """Return each word, with its line, that nothing with this line as its source holds.

    The quotes of items do not count: their titles, dates and notes must hold the words.
    """
    known: dict[int, set[str]] = {}
    _collect(plan.model_dump(mode="json", by_alias=True), known)
    told = {one.source.line: one for one in problems if one.source and one.code == "not-placed"}
    for one in problems:
        if one.source is not None and one.source.line is not None:
            known.setdefault(one.source.line, set()).update(_words(one.message))
    front = set(_words(f"{plan.title} {(plan.model_extra or {}).get('x_period', '')}"))
    everywhere = front | {label.casefold() for label in labels}
    return [
        (number, word)
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
        for word in _words(line)
        if word not in known.get(number, set())
        and word not in everywhere
        and not ("\t" not in line and number in told)
    ]


def _collect(node: Any, known: dict[int, set[str]]) -> None:
    if isinstance(node, list):
        for one in node:
            _collect(one, known)
    if not isinstance(node, dict):
        return
    source = node.get("source")
    line = source.get("line") if isinstance(source, dict) else None
    if line is not None:
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
