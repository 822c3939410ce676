"""What sentences say of the order of things."""

from __future__ import annotations

import pytest

from loaders.stated_order import find_orders

CASES = [
    ("This is dependent on the tide tables.", [("the tide tables", "")]),
    ("Dredging depends on the tide.", [("the tide", "Dredging")]),
    ("Crews sail following the survey.", [("the survey", "Crews sail")]),
    ("Following a June vote, rules will be drawn.", [("a June vote", "rules will be drawn")]),
    ("When the audit ends (May), it will be told.", [("the audit ends (May)", "it will be told")]),
    ("New tolls (if needed following review)", [("review", "New tolls")]),
    ("Work starts after approval of the plan.", [("approval of the plan", "Work starts")]),
    ("We meet after lunch.", []),
    ("Training is linked to the new rules.", [("the new rules", "Training is")]),
    ("Training has been linked to the new rules.", []),
    ("Once the wall stands, the quay opens.", [("the wall stands", "the quay opens")]),
    ("The quay opens once the wall stands.", [("the wall stands", "The quay opens")]),
    ("Rules agreed ahead of the season.", [("Rules agreed", "the season")]),
    ("Rules agreed for implementation in May.", [("Rules agreed", "implementation in May")]),
    ("One more talk and there will then be a report.", [("One more talk", "a report")]),
    ("Survey held. A report will then be made and work start on rotas.",
     [("Survey held", "A report"), ("Survey held", "rotas")]),
    ("A report will then be made.", []),
    ("It is late.", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "orders"), CASES)
def test_sentences(text: str, orders: list[tuple[str, str]]) -> None:
    assert [(one.first, one.after) for one in find_orders(text)] == orders


def test_the_sentence_is_kept() -> None:
    (order,) = find_orders("Good news. Crews sail following the survey. They like it.")
    assert order.quote == "Crews sail following the survey."
