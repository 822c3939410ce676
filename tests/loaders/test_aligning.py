"""The next version under the ids of the version before, with nothing carried over."""

from __future__ import annotations

from graphmodel.links import Link
from loaders.aligning import align
from loaders.carrying import carry_over
from tests.loaders.small_versions import action, april, may, milestone

OLD = april(
    action("HA1", "Keep the harbour deep"),
    milestone("HA1.1", "Tender drawn up for the dredger"),
    milestone("HA1.2", "Dredger crew trained and housed"),
    id="harbour",
)


def test_what_moved_up_the_list_keeps_its_id() -> None:
    new = may(
        action("HA1", "Keep the harbour deep"),
        milestone("HA1.1", "Dredger crew trained and housed"),
        milestone("HA1.2", "Silt taken out to sea by barge"),
        links=[Link.model_validate({"from": "HA1.1", "to": "HA1.2"})],
    )
    aligned = align(OLD, new)
    titles = {item.id: item.title for item in aligned.plan.items}
    assert titles == {
        "HA1": "Keep the harbour deep",
        "HA1.2": "Dredger crew trained and housed",
        "HA1.3": "Silt taken out to sea by barge",
    }
    assert [(link.from_, link.to) for link in aligned.plan.links] == [("HA1.2", "HA1.3")]
    assert aligned.scores == {"HA1": 1, "HA1.2": 1}
    assert aligned.plan.index.items["HA1.2"].history == ()
    assert new.index.items["HA1.1"].title.startswith("Dredger")  # left as it was


def test_what_is_reworded_has_its_score_and_what_is_doubtful_is_told() -> None:
    new = may(
        action("HA1", "Keep the harbour deep"),
        milestone("HA1.1", "Tenders drawn up for a dredger"),
        milestone("HA1.2", "Crews are trained on a dredger"),
    )
    aligned = align(OLD, new)
    assert 0.7 <= aligned.scores["HA1.1"] < 1
    assert "HA1.2" not in aligned.scores
    assert any("may be the same" in doubt for doubt in aligned.doubts)


def test_a_plan_made_from_the_one_before_keeps_its_ids_whatever_its_words() -> None:
    made = carry_over(
        OLD,
        may(
            action("HA1", "Keep the harbour deep"),
            milestone("HA1.1", "Tender drawn up for the dredger"),
        ),
    ).plan
    reworded = made.model_copy(
        update={
            "items": (
                made.items[0],
                made.items[1].model_copy(update={"title": "Something else altogether"}),
            )
        }
    )
    aligned = align(OLD, reworded)
    assert aligned.plan is reworded
    assert aligned.scores == {"HA1": 1, "HA1.1": 1}


def test_another_plan_goes_under_the_old_name() -> None:
    new = may(*OLD.items).model_copy(update={"id": "harbour-plan"})
    assert align(OLD, new).plan.id == "harbour"
