from __future__ import annotations

from loaders.blocks import read_blocks
from loaders.delivery_outline import ProgrammeTable, Stated, read_outline
from tests.loaders.small_paper import LINES, TEXT, with_line

HEAD = "Delivery Actions\tDelivery Due Date\tResponsible Officer"


def outline_of(lines: list[str]) -> list[tuple[int, str, str]]:
    return [
        (one.line, one.text, one.why) for one in read_outline(read_blocks("\n".join(lines))).loose
    ]


def test_tables_of_the_small_paper() -> None:
    outline = read_outline(read_blocks(TEXT))
    assert [heading.line for heading in outline.front] == [1, 3, 5, 7]
    assert [table.line for table in outline.tables] == [13, 30, 43, 48, 53]
    first, second, third, fourth = outline.objectives
    assert first.heading is not None
    assert (first.heading.text, first.programme) == ("Dredging", None)
    assert [row.line for row in first.actions] == [20, 21, 22]
    assert [row.metric for row in first.metrics] == ["Depth at low water (%)", "Berths closed"]
    assert first.metrics[0].header.target_by == "Mar 2028"
    assert first.facts["portfolio"] == Stated(17, "Ports and Trade and Housing")
    assert second.actions[0].responsible == "Director of Quays / All Directors"
    programme = outline.tables[2]
    assert isinstance(programme, ProgrammeTable)
    assert programme.section is not None
    assert programme.section.text == "Crossing Programmes"
    assert third.programme is fourth.programme is programme
    assert [(one.line, one.why) for one in outline.loose] == [(9, "is prose outside the tables")]


def test_a_row_that_a_page_cut_in_two_goes_on() -> None:
    lines = [
        "Objective\tA1.1 Dig",
        HEAD,
        "A1.1.1 Dig a <ul> • Map (Jun 2026) • Spa\tMay 2027\tHead of",
        "",
        HEAD,
        "des (Jul 2026)\t\t",
        "\t\tSpades",
    ]
    outline = read_outline(read_blocks("\n".join(lines)))
    (row,) = outline.objectives[0].actions
    assert row.action.endswith("• Spa des (Jul 2026)")
    assert (row.due, row.responsible) == ("May 2027", "Head of Spades")
    assert outline.continued == [Stated(6, "des (Jul 2026)"), Stated(7, "Spades")]


def test_further_columns_are_kept_by_their_headings() -> None:
    lines = [
        "Objective\tA1.1 Dig",
        f"{HEAD}\tProgress\tDue",
        "A1.1.1 Dig\tMay 2027\tHead\tHalf\tJune",
    ]
    outline = read_outline(read_blocks("\n".join(lines)))
    assert outline.objectives[0].actions[0].others == {"Progress": "Half"}
    assert [one.text for one in outline.loose] == ["Progress", "June"]
    cut = read_outline(read_blocks("\n".join([*lines, "\t\t\tand more"])))
    assert cut.objectives[0].actions[0].others == {"Progress": "Half and more"}


def test_what_has_no_place_is_loose() -> None:
    assert (1, "Division Marine", "stands before any objective") in outline_of(["Division\tMarine"])
    assert (1, "A B", "is a row outside the tables") in outline_of(["A\tB"])
    assert (14, "More", "stands in a further column") in outline_of(
        with_line(14, "Division\tMarine Works\tMore")
    )
    assert (15, "Division Docks", "is said a second time") in outline_of(
        with_line(15, "Division\tDocks")
    )
    assert (14, "Division", "is a label without a fact") in outline_of(with_line(14, "Division\t "))
    assert (57, "The End", "is a heading outside the tables") in outline_of([*LINES, "", "The End"])
