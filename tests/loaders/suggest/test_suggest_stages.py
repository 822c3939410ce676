"""Which stages of delivery titles tell of: read by eye."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.suggest.stage_table import STAGES
from loaders.suggest.stages import read_stages


def told(title: str) -> str | None:
    span = read_stages(title)
    return None if span is None else span.name


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Agree an interim recruitment plan to boost capacity", "agreement"),
        ("AGREE AN INTERIM RECRUITMENT PLAN", "agreement"),
        ("Audit framework and schedule agreed and published", "agreement to implementation"),
        ("Best practice framework for capital budgets agreed", "agreement"),
        ("Plan agreed by the Board", "agreement"),
        ("Updated and consolidated plan completed", "design"),
        ("Development, agreement and sign-off of a plan", "design to agreement"),
        ("Develop, engage, and publish commissioning intentions", "design to implementation"),
        ("Workforce sizing", "review"),
        ("Options appraisal", "review"),
        ("Deliver a commissioning development review", "review"),
        ("Deliver food waste collection", "implementation"),
        ("Deliver Member Development Programme", "implementation"),
        ("Complete recruitment on the new structure", "getting ready"),
        ("Delivery of the rollout of bins", "implementation"),
        ("Roles and teams - Define and agree roles", "design to agreement"),
        ("Design of services - designs agreed", "design"),
        ("Stand-up of a new team", "getting ready"),
        ("Sign off Capital and Executive boards", "agreement"),
        ("Quality assurance of plans", "engagement"),
        ("Lessons learnt", "evaluation"),
        ("Scope of training approved", "agreement"),
        ("Review of completed actions", "review"),
        ("Formal controls embedded into approval", "embedding"),
        ("Embed the new tool", "embedding"),
        ("Regular meetings reported to members", "embedding"),
        ("Strategic partner in place to help", "implementation"),
        ("To identify training needs", "review"),
        ("12 month review of the strategy", "review"),
        ("Improved visibility of spend", None),
        ("Sold services", None),
        ("Continue to improve", None),
        ("Updated plan", "design"),
        ("The", None),
        ("2026", None),
        ("", None),
    ],
)
def test_a_title_tells_of_its_stage(title: str, stage: str | None) -> None:
    assert told(title) == stage


def test_the_place_is_that_of_the_words() -> None:
    title = "Roles - Define and agree roles"
    span = read_stages(title)
    assert span is not None
    assert title[span.begin : span.end] == "Define and agree"
    assert span.sure


def test_a_last_word_is_less_sure_than_a_verb() -> None:
    last, verb = read_stages("Workforce sizing"), read_stages("Analyse the workforce")
    assert last is not None
    assert verb is not None
    assert (last.first, verb.first) == (1, 1)
    assert (last.sure, verb.sure) == (False, True)


@given(st.text(max_size=60))
def test_any_text_is_read(title: str) -> None:
    span = read_stages(title)
    if span is not None:
        assert 0 <= span.first <= span.last < len(STAGES)
        assert 0 <= span.begin < span.end <= len(title) * 3


def test_no_word_tells_of_two_stages() -> None:
    words = [word for stage in STAGES for word in stage.words]
    assert len(words) == len(set(words))
    for number, stage in enumerate(STAGES):
        for word in stage.words:
            span = read_stages(word if word == "co-production" else word.replace("-", " "))
            assert span is not None, word
            assert span.first == number, word
