"""From the lines of a document's text to its pages, or to the lines of its own file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graphmodel.entity import Entity
from graphmodel.items import Source
from graphmodel.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.problems import Problem
    from loaders.documents import DocumentText

__all__ = ["relocate"]

#: How readers of papers name a second line within a sentence.
_MENTION = re.compile(r"\(first on line (\d+)\)")


def relocate(
    plan: Plan, problems: Iterable[Problem], document: DocumentText
) -> tuple[Plan, tuple[Problem, ...]]:
    """Return a plan and its problems with every place told as a person finds it.

    Lines are those of ``document.text``; a page is added where the document has pages, and the line
    becomes the file's own where the text has others.
    """
    if document.pages is None and document.lines is None:
        return plan, tuple(problems)
    mover = _Mover(document)
    fields = {name: mover.move(getattr(plan, name)) for name in plan.model_fields_set}
    return Plan(**fields), tuple(mover.move_problem(one) for one in problems)


class _Mover:
    """The way from a line of the text to a page and a line of the file."""

    def __init__(self, document: DocumentText) -> None:
        self.pages = document.pages
        self.lines = document.lines

    def page(self, line: int) -> int | None:
        return None if self.pages is None else self.pages[line - 1]

    def line(self, line: int) -> int:
        return line if self.lines is None else self.lines[line - 1]

    def move(self, value: Any) -> Any:
        """Return a value of a plan with the sources in it moved."""
        if isinstance(value, Source):
            if value.line is None:
                return value
            place = {"line": self.line(value.line), "page": self.page(value.line)}
            return value.model_copy(update=place)
        if isinstance(value, Entity):
            old = {name: getattr(value, name) for name in value.model_fields_set}
            new = {name: self.move(one) for name, one in old.items()}
            return value.model_copy(update=new)
        if isinstance(value, tuple):
            return tuple(self.move(one) for one in value)
        return value

    def move_problem(self, problem: Problem) -> Problem:
        message = _MENTION.sub(
            lambda found: f"(first on line {self.line(int(found[1]))})", problem.message
        )
        source = problem.source
        if source is not None and source.line:
            line, page = self.line(source.line), self.page(source.line)
            source = replace(source, line=line, page=page)
        return replace(problem, message=message, source=source)
