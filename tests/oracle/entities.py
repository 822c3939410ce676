"""Random plan files that hold every kind of entity and every key (hypothesis strategies).

A document is drawn as the JSON object of DESIGN section 4, written out here by hand: what the
models make of it is what the tests look at. Every optional key may be absent, null or given. The
ids are few and fixed, so that every reference leads somewhere.
"""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import strategies as st

from graphmodel.calendars import Calendar, CalendarException
from graphmodel.items import (
    Approval,
    Baseline,
    Constraint,
    Deadline,
    HistoryEntry,
    Item,
    Planned,
    Source,
    SourceFile,
    Split,
    Uncertainty,
)
from graphmodel.links import Decision, Evidence, Link
from graphmodel.measures import Correction, Impact, Metric, MetricValue, Risk, Stated
from graphmodel.people import Assignment, Blackout, Board, Gate, Meetings, Officer, Relation
from graphmodel.plan import Correlation, Options, Plan, Project, RiskOptions
from graphmodel.ragrules import RagBand, RagRule
from tests.oracle.keys import (
    JSON,
    NUMBERS,
    TEXT,
    Drawn,
    Json,
    Keys,
    each,
    entity,
    keys,
    named,
    one_of,
    some,
)

__all__ = ["DOCUMENTS"]

_SOURCE_ID, _CALENDAR_ID, _OFFICER_ID, _BOARD_ID = "s1", "flat week", "chef-de-bureau/é", "TCOB"
#: Every item may be part of one before it, but for the last, which the links lead to.
_ITEM_IDS = ("SI1", "SI1.1 “x”", "計画", "csip:IP2.1")

_DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(date.isoformat)
_TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31))
_MOMENTS = _DATES | _TIMES.map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M"))
_CLOCK = st.times().map(lambda clock: clock.strftime("%H:%M")) | st.just("24:00")
#: Rules that meet on the day they are counted from, so that none of them never meets.
_RULES = st.sampled_from(
    ["FREQ=MONTHLY", "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU", "freq=daily;byhour=9,14;byminute=30"]
)
_UNITS = st.sampled_from(["d", "w", "m", "wd", "h", "min", "eh", "%"])
_SPANS = st.builds(
    "{}{}".format,
    st.integers(-999, 999) | st.decimals(-99, 99, places=2, allow_nan=False),
    _UNITS,
)
_LENGTHS = st.builds(
    "{}{}".format, st.integers(0, 999) | st.decimals(0, 99, places=2, allow_nan=False), _UNITS
)
_SHARES = st.floats(0, 1)
_PERCENT = st.floats(0, 100)
_WORDS = st.lists(TEXT, max_size=2)
_ITEM_ID = st.sampled_from(_ITEM_IDS)
_OFFICER = st.just(_OFFICER_ID)
_BOARD = st.just(_BOARD_ID)
_CALENDAR = st.sampled_from([_CALENDAR_ID, "england"])


_SOURCE = entity(
    Source,
    {"source": st.just(_SOURCE_ID)},
    {"line": st.integers(1, 999), "page": st.integers(1, 999), **each(("cell", "quote"), TEXT)},
)
_PLANNED = entity(
    Planned,
    {},
    {
        **each(("start", "finish"), _MOMENTS),
        "precision": one_of(
            *("day", "month", "quarter", "half_year", "season", "year"),
            *("range", "from", "ongoing", "complete", "none"),
        ),
        "text": TEXT,
    },
)


def _uncertainty(delay: Drawn) -> Drawn:
    return entity(
        Uncertainty,
        {
            "distribution": one_of(
                *("triangular", "pert", "normal", "lognormal", "uniform"),
                *("exponential", "empirical", "hurdle"),
            )
        },
        {
            **each(("low", "mode", "high", "mean", "sd"), _SPANS),
            "values": some(_SPANS),
            "probability": _SHARES,
            "delay": delay,
            "correlate": TEXT,
        },
    )


_UNCERTAINTY = _uncertainty(_SPANS | _uncertainty(_SPANS))
_STATUS = one_of("not_started", "in_progress", "complete", "on_hold", "cancelled")
_HISTORY = entity(
    HistoryEntry,
    {},
    {
        **each(("as_of", "due", "forecast"), _MOMENTS),
        **each(("rag", "grade", "cause", "text"), TEXT),
        "planned": _PLANNED,
        "status": _STATUS,
        "percent": _PERCENT,
        "approved": entity(Approval, {}, {"board": TEXT, "on": _MOMENTS}),
        "source": _SOURCE,
    },
)
_CONSTRAINT = entity(
    Constraint,
    {"type": one_of("SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "ALAP")},
    {"date": _MOMENTS, "hard": st.booleans()},
)
_BASELINE = entity(
    Baseline, {}, {"name": TEXT, "start": _MOMENTS, "finish": _MOMENTS, "duration": _LENGTHS}
)


def _item(name: str, above: tuple[str, ...]) -> Drawn:
    return entity(
        Item,
        {
            "id": st.just(name),
            "kind": one_of("plan", "theme", "objective", "action", "milestone", "activity"),
            "title": TEXT,
        },
        {
            **each(("label", "division", "rag", "grade", "cause"), TEXT),
            **each(("due", "actual_start", "actual_finish", "forecast"), _MOMENTS),
            **each(("duration", "levelling_delay", "remaining"), _LENGTHS),
            "type": one_of("task", "start_milestone", "finish_milestone", "loe"),
            "parent": one_of(*above) if above else st.none(),
            "external": st.booleans(),
            "planned": _PLANNED,
            "deadlines": some(
                entity(Deadline, {"date": _MOMENTS}, {"kind": TEXT, "source": _SOURCE})
            ),
            "baselines": some(_BASELINE),
            "calendar": _CALENDAR,
            "scheduling": one_of("planned", "logic", "fixed"),
            "splits": some(entity(Split, {"after": _LENGTHS, "gap": _LENGTHS})),
            "constraints": some(_CONSTRAINT),
            "status": _STATUS,
            "percent": _PERCENT,
            "tags": _WORDS,
            "uncertainty": _UNCERTAINTY,
            "history": some(_HISTORY),
            "source": _SOURCE,
        },
    )


_SHIFTS = some(st.lists(_CLOCK, min_size=2, max_size=2))
_CALENDAR_FILE = entity(
    Calendar,
    {"id": st.just(_CALENDAR_ID)},
    {
        "parent": st.just("england"),
        "hours_per_day": st.floats(0.5, 24),
        "hours_per_week": st.floats(1, 168),
        "week": st.dictionaries(
            one_of("mon", "tue", "wed", "thu", "fri", "sat", "sun"), _SHIFTS, max_size=2
        ),
        "exceptions": some(
            entity(CalendarException, {"from": _MOMENTS, "to": _MOMENTS}, {"hours": _SHIFTS})
        ),
    },
)
#: Who says so, and who decided: the same keys for links and gates.
_DECIDED: Keys = {
    "id": st.text("abc", min_size=1, max_size=3),
    "origin": one_of("stated", "register", "phase", "sequence", "inferred", "schedule"),
    "state": one_of("accepted", "proposed", "rejected"),
    "confidence": _SHARES,
    "reason": TEXT,
    "evidence": some(entity(Evidence, {"source": _SOURCE}, {"side": one_of("from", "to", "both")})),
    "decided": entity(Decision, {}, {"by": TEXT, "at": _MOMENTS, "why": TEXT}),
}
_TYPES = one_of("FS", "SS", "FF", "SF")
_LINK = entity(
    Link,
    {"from": st.just(_ITEM_IDS[-2]), "to": st.just(_ITEM_IDS[-1])},
    {**_DECIDED, "type": _TYPES, "lag": _SPANS, "rule": TEXT},
)
_OFFICER_FILE = entity(
    Officer,
    {"id": _OFFICER},
    {
        "title": TEXT,
        "also": _WORDS,
        "kind": one_of("office", "member", "group", "external"),
        "directorate": TEXT,
        "successor": _OFFICER,
        "source": _SOURCE,
    },
)
_BOARD_FILE = entity(
    Board,
    {"id": _BOARD},
    {
        "title": TEXT,
        "also": _WORDS,
        "kind": one_of("decision", "assurance", "advisory", "external"),
        "oversees": some(_ITEM_ID),
        "chair": TEXT,
        "members": _WORDS,
        "reports_to": _BOARD,
        "meetings": entity(
            Meetings,
            {},
            {
                "dates": some(_MOMENTS),
                "rule": _RULES,
                "since": _MOMENTS,
                "cancelled": some(_MOMENTS),
            },
        ),
        "papers_lead": _LENGTHS,
        "source": _SOURCE,
    },
)
_GATE = entity(
    Gate,
    {"item": _ITEM_ID, "board": _BOARD},
    {**_DECIDED, "order": st.integers(1, 9), "decision": TEXT, "papers_lead": _LENGTHS},
)
_VALUE = entity(
    MetricValue,
    {},
    {"value": NUMBERS, "text": TEXT, "as_of": TEXT, "by": _MOMENTS, "source": _SOURCE},
)
_METRIC = entity(
    Metric,
    {"id": st.just("metric"), "item": _ITEM_ID, "title": TEXT},
    {
        **each(("unit", "frequency"), TEXT),
        **each(("baseline", "target"), _VALUE),
        "direction": one_of("up", "down", "hold"),
        "actuals": some(_VALUE),
        "source": _SOURCE,
    },
)


def _op(name: str, required: Keys, optional: Keys | None = None) -> Drawn:
    return keys({"op": st.just(name), **required}, optional or {})


_ENDS = {"from": _ITEM_ID, "to": _ITEM_ID}
_MEETING = {"board": _BOARD, "date": _MOMENTS}
_ROLE = one_of("responsible", "delivery_lead", "accountable", "portfolio", "sponsor")
_CHANGES = st.one_of(
    _op("slip", {"item": _ITEM_ID, "by": _SPANS}, {"own": st.booleans()}),
    _op("slip_group", {"by": _SPANS, "officer": _OFFICER}, {"roles": some(_ROLE)}),
    _op("slip_group", {"by": _SPANS, "board": _BOARD}),
    _op("slip_group", {"by": _SPANS, "division": TEXT}),
    _op("slip_group", {"by": _SPANS, "tag": TEXT}),
    _op("slip_group", {"by": _SPANS, "parent": _ITEM_ID}),
    _op("set", {"item": _ITEM_ID, "start": _MOMENTS}, {"finish": _MOMENTS, "duration": _LENGTHS}),
    _op("add_link", _ENDS, {"type": _TYPES, "lag": _SPANS}),
    _op("remove_link", _ENDS, {"type": _TYPES}),
    _op("cancel_meeting", _MEETING),
    _op("move_meeting", {**_MEETING, "to": _MOMENTS}),
    _op("add_meeting", _MEETING),
    _op("away", {"officer": _OFFICER, "from": _MOMENTS, "to": _MOMENTS}),
    _op("reassign", {"item": _ITEM_ID, "officer": _OFFICER, "to": _OFFICER}),
    _op("complete", {"item": _ITEM_ID}, {"on": _MOMENTS}),
    _op("cancel_item", {"item": _ITEM_ID}),
    _op("waive_papers_lead", {"gate": st.just("a")}),
)
_IMPACT = entity(
    Impact, {"item": _ITEM_ID, "delay": _UNCERTAINTY}, {"mode": one_of("series", "parallel")}
)
_RISK = entity(
    Risk,
    {"id": st.just("risk"), "probability": _SHARES},
    {"title": TEXT, "impacts": some(_IMPACT), "effects": some(_CHANGES), "source": _SOURCE},
)
_CORRELATION = entity(Correlation, {"a": _ITEM_ID, "b": _ITEM_ID, "rho": st.floats(-1, 1)})
_RAG_RULE = entity(
    RagRule,
    {"name": st.text("abc", min_size=1, max_size=3)},
    {
        "title": TEXT,
        "against": one_of("due", "planned", "forecast"),
        "bands": some(
            entity(
                RagBand,
                {"rating": st.text("abc", min_size=1, max_size=3)},
                {
                    "status": st.lists(_STATUS, max_size=2),
                    "late": st.booleans(),
                    "late_more_than": st.builds("{}{}".format, st.integers(0, 99), one_of(*"dwm")),
                    "off_plan": st.booleans(),
                },
            )
        ),
    },
)
_OPTIONS = entity(
    Options,
    {},
    {
        "scheduling_mode": one_of("plan", "ms-project", "p6"),
        "lag_calendar": one_of("successor", "predecessor", "project", "elapsed"),
        "progress": one_of("retained_logic", "progress_override"),
        "unstarted": one_of("after_status_date", "from_status_date", "unmoved"),
        "parent_links": one_of("finish", "leaves"),
        "critical": one_of("total_float", "longest_path"),
        "rag_rules": some(_RAG_RULE | st.dictionaries(TEXT, JSON, max_size=2)),
        "risk": entity(
            RiskOptions,
            {},
            {
                **each(("owner_correlation", "theme_correlation"), _SHARES),
                "correlations": some(_CORRELATION),
                "reference_class": TEXT,
            },
        ),
    },
)
_PROJECT = entity(
    Project,
    {"item": st.just(_ITEM_IDS[0])},
    {
        **each(("start", "must_finish", "status_date"), _MOMENTS),
        "calendar": _CALENDAR,
        "options": _OPTIONS,
    },
)
_SOURCE_FILE = entity(
    SourceFile, {"id": st.just(_SOURCE_ID)}, each(("title", "file", "sha256"), TEXT)
)
_ASSIGNMENT = entity(
    Assignment, {"officer": _OFFICER, "item": _ITEM_ID}, {"role": _ROLE, "source": _SOURCE}
)


def _in_order(blackout: Json) -> Json:
    """Put the two dates of a blackout in order; as text they sort as dates do."""
    start, finish = sorted((blackout["start"], blackout["finish"]))
    return {**blackout, "start": start, "finish": finish}


def _lasts(blackout: Json) -> bool:
    """Tell whether it covers any time: a start on a day is 00:00 of it, a finish 24:00."""
    start, finish = blackout["start"], blackout["finish"]
    begin = start if "T" in start else f"{start}T00:00"
    end = finish if "T" in finish else f"{finish}T24:00"
    return begin < end


_BLACKOUT = (
    entity(
        Blackout,
        {"start": _MOMENTS, "finish": _MOMENTS},
        {"reason": TEXT, "boards": some(_BOARD), "tags": _WORDS},
    )
    .map(_in_order)
    .filter(_lasts)
)
_RELATION = entity(
    Relation,
    {"from": _ITEM_ID, "to": _BOARD, "type": TEXT},
    {"on": TEXT, "cadence": TEXT, "source": _SOURCE},
)
_CORRECTION = entity(
    Correction,
    {"item": _ITEM_ID, "field": TEXT},
    {"value": JSON, "why": TEXT, "who": TEXT, "when": _MOMENTS},
)
_STATED = entity(
    Stated,
    {"measure": TEXT, "value": NUMBERS},
    {"item": _ITEM_ID, "as_of": TEXT, "source": _SOURCE},
)


def _all_of(*strategies: Drawn) -> Drawn:
    return st.tuples(*strategies).map(list)


#: Plan files as JSON objects; their references all lead somewhere.
DOCUMENTS: st.SearchStrategy[Json] = entity(
    Plan,
    {
        "schema": st.just("knockon/plan@1"),
        "id": one_of("csip", "Plan für “alles”"),
        "sources": _all_of(_SOURCE_FILE),
        "calendars": _all_of(_CALENDAR_FILE),
        "items": _all_of(
            *(_item(name, _ITEM_IDS[:number]) for number, name in enumerate(_ITEM_IDS[:-1])),
            _item(_ITEM_IDS[-1], ()),
        ),
        "officers": _all_of(_OFFICER_FILE),
        "boards": _all_of(_BOARD_FILE),
    },
    {
        **each(("title", "organisation", "version"), TEXT),
        **each(("as_of", "start", "must_finish", "status_date"), _MOMENTS),
        "calendar": _CALENDAR,
        "options": _OPTIONS,
        "projects": st.lists(_PROJECT, max_size=1),
        "links": named(_LINK),
        "assignments": some(_ASSIGNMENT),
        "gates": named(_GATE),
        "blackouts": some(_BLACKOUT),
        "metrics": _all_of(_METRIC),
        "relations": some(_RELATION),
        "corrections": some(_CORRECTION),
        "stated": some(_STATED),
        "risks": _all_of(_RISK),
    },
)
