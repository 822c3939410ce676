"""Courses of work that councils go through again and again, step by step, with words for each step.

This is general knowledge of how councils deliver, not of one plan; `docs/links.md` prints the
steps. Where `loaders.suggest.stage_table` knows verbs that fit any work, these know what the work
is: a structure chart comes before job descriptions although both are designed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["WORKSTREAMS", "Step", "Workstream"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name in words, and the pattern of the words that tell of it."""

    name: str
    form: str


@dataclass(frozen=True, slots=True)
class Workstream:
    """A course of work: what it is, and its steps in their order."""

    name: str
    steps: tuple[Step, ...]


_AGREE: Final = (
    r"agree(?:d|ment)?\b|approv\w+|adopt(?:ed|ion|s)?\b|sign(?:ed)?[- ]off|endors\w+"
    r"|decision (?:by|of|on|taken)|cabinet decision|considered by"
)

WORKSTREAMS: Final = (
    Workstream(
        "a new staffing structure",
        (
            Step("the mandate for change", r"diagnostic|case for change|mandate|strategic partner"),
            Step(
                "functions and roles",
                r"functions?(?:, | and )(?:teams|roles)|future (?:functions|roles)|roles and respons"
                r"|operating model|service model|high[- ]level design",
            ),
            Step("sizing", r"siz(?:e|ing)\b|workforce model|demand model|caseload model|activity analysis"),
            Step("the structure", r"structure charts?|(?:new|final|future|revised|proposed) (?:\w+ )?structure|structure proposals"),
            Step("job descriptions", r"job descriptions?|role profiles?|job evaluation|grad(?:ed|ing)\b"),
            Step("staff consultation", r"(?:staff|union|employee|formal|officer)\w*(?: \w+){0,4} consult|consult\w*(?: \w+){0,6} (?:staff|union|employee|officer)"),
            Step("appointments", r"appoint\w*|recruit\w*|assimilat\w*|slotting|ring[- ]?fenc\w*|selection process|matching"),
            Step("working in it", r"go(?:es)? live|operating under|in place|mobilis\w+|launch\w*|implement\w*|integrated teams?|teams? (?:live|operational)|transition"),
            Step("its review", r"review of|evaluat\w+|post[- ]implementation|lessons"),
        ),
    ),
    Workstream(
        "a strategy or policy",
        (
            Step(
                "evidence",
                r"needs (?:assessment|analysis)|evidence (?:base|gather\w*|review)|gather\w* evidence|baselin\w+"
                r"|data analysis|research|benchmark\w*|stocktake|diagnostic|survey\b|market analysis",
            ),
            Step("a draft", r"draft\w*|co-?(?:design|produc)\w*|options|develop(?:ed|ment|ing)?\b|preferred option"),
            Step("engagement", r"consult\w*|engag\w+|listening|focus groups?"),
            Step("adoption", _AGREE),
            Step("publication", r"publish\w*|launch\w*|communicat\w+"),
            Step("a delivery plan", r"delivery plans?|action plan|implementation plan|year one"),
            Step("delivery", r"implement\w*|deliver(?:ed|y)?\b|roll(?:ed)?[- ]?out|embed\w*"),
            Step("monitoring", r"monitor\w*|progress (?:report|review)|annual (?:report|review)|evaluat\w+|impact"),
        ),
    ),
    Workstream(
        "a system or contract",
        (
            Step("requirements", r"requirements|specif(?:y|ied|ication\w*)|needs assessment|market engagement|soft market|business case|options"),
            Step("procurement", r"procur\w+|tender\w*|bids?\b|call[- ]off|invitation"),
            Step("award", r"award\w*|appoint(?:ed|ment)? (?:of )?(?:supplier|contractor|provider|partner)|(?:supplier|contractor|provider|partner) (?:appointed|selected)|contract in place|selected"),
            Step("build", r"configur\w+|build|built|migrat\w+|integrat\w+|install\w*|set[- ]?up|stand[- ]?up"),
            Step("testing", r"test(?:ed|ing|s)?\b|uat\b|parallel run\w*|pilot\w*|trial\w*"),
            Step("training", r"train(?:ed|ing)?\b|brief\w+"),
            Step("going live", r"go(?:es)?[- ]live|\blive\b|roll(?:ed)?[- ]?out|mobilis\w+|implement\w*|in operation|contracts? starts?|deploy\w*|monitoring arrangements"),
            Step("what comes after", r"decommission\w*|benefits|evaluat\w+|post[- ]implementation|hypercare|old system|review of|embed\w*"),
        ),
    ),
    Workstream(
        "a process or service to be redesigned",
        (
            Step("a framework for it", r"framework for|principles|methodology|criteria"),
            Step("the present state", r"map(?:ped|ping)?\b|baselin\w+|as[- ]is|end-to-end|current"),
            Step("analysis", r"analys\w+|diagnostic|bottlenecks?|stress[- ]test\w*|gap\b|review (?:of|and)|(?:^|\b)review\b"),
            Step("the new design", r"re-?design\w*|new model|to[- ]be|future|operating model|re-?model\w*|options|improvements? designed"),
            Step("agreement", _AGREE),
            Step("rules and tools", r"service level|slas?\b|procedures?|templates|standards|guidance|toolkit|tools"),
            Step("training", r"train(?:ed|ing)?\b|brief\w+|learning sessions"),
            Step("working by it", r"implement\w*|embed\w*|roll(?:ed)?[- ]?out|go[- ]live|new process\w*|launch\w*"),
            Step("checks", r"monitor\w*|evaluat\w+|improved|dip sampl\w*|compliance (?:check|audit|report)"),
        ),
    ),
    Workstream(
        "audits of practice",
        (
            Step("the framework", r"(?:audit|assurance|practice) (?:framework|standards|programme|tool)|standards"),
            Step("first audits", r"baseline audits?|audits? of|self[- ]assessment|case audits?|peer review|external (?:review|assessment)|inspection"),
            Step("findings", r"findings|themes|action plan|improvement plan|report received|recommendations"),
            Step("learning", r"learning|training|address\w*|implement\w*|embed\w*|deliver\w*"),
            Step("audits again", r"repeat|re-?audit|follow[- ]up|mock|dip sampl\w*|re-?inspect\w*|progress (?:review|visit)"),
            Step("a report", r"annual report|report to|assurance (?:report|statement)|closed?(?: down)?\b|closure"),
        ),
    ),
    Workstream(
        "the review of many things",
        (
            Step("the team and terms", r"terms of reference|review team|project team|scop(?:e|ing)|capacity|resourc\w+|detailed plan|methodology|schedule"),
            Step("the list", r"list|register|inventory|directory|database|identif\w+|compil\w+"),
            Step("priorities", r"prioriti\w+|segment\w*|categor\w+|tier\w*|classif\w+|shortlist\w*"),
            Step("the reviews", r"reviews?\b|reviewed|apprais\w+|assess\w*|analys\w+"),
            Step("recommendations", r"recommend\w*|proposals?|options|findings"),
            Step("the report", r"final report|report (?:to|presented)|present\w*|final review"),
            Step("the decision", _AGREE),
            Step("carrying it out", r"implement\w*|clos(?:e|ed|ure)\b|dispos\w+|deliver\w*"),
        ),
    ),
    Workstream(
        "a round of planning",
        (
            Step("guidance", r"templates?|guidance|framework|assumptions|timetable|priorities|corporate plan|refreshed? of"),
            Step("plans", r"(?:service|business|delivery|workforce|team|directorate|budget|savings)(?: and \w+)? (?:plans?|proposals)|scorecards|submitted"),
            Step("challenge", r"challenge|mid[- ]year|star chamber|moderat\w+|quality assur\w+|scrutin\w+"),
            Step("consultation", r"consult\w*"),
            Step("approval", _AGREE + r"|budget set|sets? the budget"),
            Step("targets", r"objectives|targets|appraisals?|kpis?|performance measures"),
            Step("reports", r"monitor\w*|quarter\w*|reports?\b|tracker|progress"),
            Step("a look back", r"lessons|annual (?:review|report)|effectiveness|evaluat\w+|refresh of"),
        ),
    ),
    Workstream(
        "a trial",
        (
            Step("the design", r"design\w*|develop\w*|business case|select\w*|policy"),
            Step("funding", r"fund(?:ing|ed)\b|sign(?:ed)?[- ]off|approv\w+|secured?"),
            Step("the trial", r"pilot\w*|trial\w*|demonstrator|test(?:ed|ing)?\b|phase (?:1|one)"),
            Step("its evaluation", r"evaluat\w+|lessons|review (?:of|opportunit\w+)|findings"),
            Step("scaling", r"scal(?:e|ed|ing)\b|wider|roll(?:ed|ing)?[- ]?out|expan\w+|all (?:teams|services|streams|households)|full\b"),
        ),
    ),
    Workstream(
        "land and buildings",
        (
            Step("data", r"asset register|data|survey|condition|baseline|review (?:of )?(?:operational )?(?:assets|buildings|property)"),
            Step("options", r"asset reviews?|options|feasib\w+|vision|masterplan|identif\w+"),
            Step("strategy", r"strategy|business case|policy|disposals? (?:list|programme)|pipeline"),
            Step("consent", r"planning (?:application|consent|permission)|approv\w+|agreed|funding|consent"),
            Step("procurement", r"procur\w+|contractor|market\w*|auction\w*|tender\w*|developer|partner"),
            Step("works", r"start on site|works|refurb\w+|construct\w+|enabling"),
            Step("completion", r"complet\w+|open(?:ing|ed|s)?\b|receipts|leases?|moves?\b|first \d+"),
        ),
    ),
    Workstream(
        "a programme",
        (
            Step("who leads it", r"board|project team|working group|lead appointed|partnership structure|governance structure|programme management office|steering group"),
            Step("its scope", r"scop\w+|terms of reference|mandate|road ?map|programme plan|change programmes?"),
            Step("capacity", r"capacity|recruit\w*|resourc\w+|fund\w+|team in place"),
            Step("delivery", r"mobilis\w+|deliver\w*|implement\w*|launch\w*|work programme"),
            Step("progress", r"progress|monitor\w*|track\w*|report\w*|benefits"),
            Step("its end", r"clos(?:e|ure|ed)\b|lessons|handover|evaluat\w+|final report"),
        ),
    ),
    Workstream(
        "skills",
        (
            Step("needs", r"needs analysis|skills? (?:gaps?|audit)|training needs|profile|hot ?spots|framework"),
            Step("the content", r"toolkit|(?:training|learning|development|leadership) (?:programme|offer|plan|content|package)|handbook|material|guidance"),
            Step("the go-ahead", _AGREE + r"|procur\w+"),
            Step("the training", r"train(?:ed|ing)? (?:deliver\w*|complet\w*|rolled|for|all|of)|managers? (?:trained|briefed)|staff trained|complete training|e-learning|workshops?|cohort|deliver\w*"),
            Step("what it brought", r"evaluat\w+|impact|accredit\w+|pulse|improved|accuracy|compliance|measur\w+"),
        ),
    ),
    Workstream(
        "answers to an inspection",
        (
            Step("the assessment", r"self[- ]assessment|inspection|peer (?:review|challenge)|gap analysis|diagnostic|external (?:review|quality)|audit findings"),
            Step("the plan", r"(?:improvement|action) plan|recommendations"),
            Step("its agreement", _AGREE),
            Step("delivery plans", r"delivery plans?|delivery leads?|workstreams?"),
            Step("delivery", r"implement\w*|deliver\w*|actions (?:complet\w+|clos\w+)|embed\w*"),
            Step("the test of it", r"mock|stocktake|progress|re-?inspect\w*|assurance|monitor\w*|sustain\w*|clos(?:e|ed|ure)\b"),
        ),
    ),
    Workstream(
        "charges, orders and changes for the public",
        (
            Step("the study", r"study|baseline|options|model\w*|review of|cost\w*"),
            Step("the draft", r"draft\w*|proposal\w*|design\w*|specif\w+"),
            Step("consultation", r"consult\w*"),
            Step("the decision", _AGREE),
            Step("notice", r"advertis\w+|letters?|notif\w+|communications?|campaign|configur\w+|vehicles|deliver\w* of"),
            Step("coming into force", r"take effect|into force|go(?:es)?[- ]live|start\w*|introduc\w+|roll(?:ed)?[- ]?out|new (?:tariff|charge)\w*|come into"),
        ),
    ),
)
