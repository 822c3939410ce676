"""Courses of work that councils go through again and again, step by step, with words for each step.

This is general knowledge of how councils deliver, not of one plan; `docs/links.md` prints the
steps. Where `loaders.suggest.stage_table` knows verbs that fit any work, these know what the work
is: a structure chart comes before job descriptions although both are designed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["WORKSTREAMS", "CourseStep", "Workstream"]

#: A line at the margin is a course; below it stand its steps in their order, each with the patterns
#: of the words that tell of it, parted by bars with blanks; lines further in go on from the one
#: above.
_TABLE: Final = r"""
a new staffing structure
  the mandate for change: diagnostic | case for change | mandate | strategic partner
  functions and roles: functions?(?:,\s|\sand\s)(?:teams|roles) | future (?:functions|roles) |
      roles and respons | operating model | service model | high[- ]level design
  sizing: siz(?:e|ing)\b | workforce model | demand model | caseload model | activity analysis
  the structure: structure charts? | (?:new|final|future|revised|proposed) (?:\w+ )?structure |
      structure proposals
  job descriptions: job descriptions? | role profiles? | job evaluation | grad(?:ed|ing)\b
  staff consultation: (?:staff|union|employee|formal|officer)\w*(?: \w+){0,4} consult |
      consult\w*(?: \w+){0,6} (?:staff|union|employee|officer)
  appointments: appoint\w* | recruit\w* | assimilat\w* | slotting | ring[- ]?fenc\w* |
      selection process | matching
  working in it: go(?:es)? live | operating under | in place | mobilis\w+ | launch\w* |
      implement\w* | integrated teams? | teams? (?:live|operational) | transition
  its review: review of | evaluat\w+ | post[- ]implementation | lessons
a strategy or policy
  evidence: needs (?:assessment|analysis) | evidence (?:base|gather\w*|review) |
      gather\w* evidence | baselin\w+ | data analysis | research | benchmark\w* | stocktake |
      diagnostic | survey\b | market analysis
  a draft: draft\w* | co-?(?:design|produc)\w* | options | develop(?:ed|ment|ing)?\b |
      preferred option
  engagement: consult\w* | engag\w+ | listening | focus groups?
  adoption: agree(?:d|ment)?\b | approv\w+ | adopt(?:ed|ion|s)?\b | sign(?:ed)?[- ]off | endors\w+ |
      decision (?:by|of|on|taken) | cabinet decision | considered by
  publication: publish\w* | launch\w* | communicat\w+
  a delivery plan: delivery plans? | action plan | implementation plan | year one
  delivery: implement\w* | deliver(?:ed|y)?\b | roll(?:ed)?[- ]?out | embed\w*
  monitoring: monitor\w* | progress (?:report|review) | annual (?:report|review) | evaluat\w+ |
      impact
a system or contract
  requirements: requirements | specif(?:y|ied|ication\w*) | needs assessment | market engagement |
      soft market | business case | options
  procurement: procur\w+ | tender\w* | bids?\b | call[- ]off | invitation
  award: award\w* | appoint(?:ed|ment)? (?:of )?(?:supplier|contractor|provider|partner) |
      (?:supplier|contractor|provider|partner) (?:appointed|selected) | contract in place |
      selected
  build: configur\w+ | build | built | migrat\w+ | integrat\w+ | install\w* | set[- ]?up |
      stand[- ]?up
  testing: test(?:ed|ing|s)?\b | uat\b | parallel run\w* | pilot\w* | trial\w*
  training: train(?:ed|ing)?\b | brief\w+
  going live: go(?:es)?[- ]live | \blive\b | roll(?:ed)?[- ]?out | mobilis\w+ | implement\w* |
      in operation | contracts? starts? | deploy\w* | monitoring arrangements
  what comes after: decommission\w* | benefits | evaluat\w+ | post[- ]implementation | hypercare |
      old system | review of | embed\w*
a process or service to be redesigned
  a framework for it: framework for | principles | methodology | criteria
  the present state: map(?:ped|ping)?\b | baselin\w+ | as[- ]is | end-to-end | current
  analysis: analys\w+ | diagnostic | bottlenecks? | stress[- ]test\w* | gap\b | review (?:of|and) |
      (?:^|\b)review\b
  the new design: re-?design\w* | new model | to[- ]be | future | operating model | re-?model\w* |
      options | improvements? designed
  agreement: agree(?:d|ment)?\b | approv\w+ | adopt(?:ed|ion|s)?\b | sign(?:ed)?[- ]off |
      endors\w+ | decision (?:by|of|on|taken) | cabinet decision | considered by
  rules and tools: service level | slas?\b | procedures? | templates | standards | guidance |
      toolkit | tools
  training: train(?:ed|ing)?\b | brief\w+ | learning sessions
  working by it: implement\w* | embed\w* | roll(?:ed)?[- ]?out | go[- ]live | new process\w* |
      launch\w*
  checks: monitor\w* | evaluat\w+ | improved | dip sampl\w* | compliance (?:check|audit|report)
audits of practice
  the framework: (?:audit|assurance|practice) (?:framework|standards|programme|tool) | standards
  first audits: baseline audits? | audits? of | self[- ]assessment | case audits? | peer review |
      external (?:review|assessment) | inspection
  findings: findings | themes | action plan | improvement plan | report received | recommendations
  learning: learning | training | address\w* | implement\w* | embed\w* | deliver\w*
  audits again: repeat | re-?audit | follow[- ]up | mock | dip sampl\w* | re-?inspect\w* |
      progress (?:review|visit)
  a report: annual report | report to | assurance (?:report|statement) | closed?(?: down)?\b |
      closure
the review of many things
  the team and terms: terms of reference | review team | project team | scop(?:e|ing) | capacity |
      resourc\w+ | detailed plan | methodology | schedule
  the list: list | register | inventory | directory | database | identif\w+ | compil\w+
  priorities: prioriti\w+ | segment\w* | categor\w+ | tier\w* | classif\w+ | shortlist\w*
  the reviews: reviews?\b | reviewed | apprais\w+ | assess\w* | analys\w+
  recommendations: recommend\w* | proposals? | options | findings
  the report: final report | report (?:to|presented) | present\w* | final review
  the decision: agree(?:d|ment)?\b | approv\w+ | adopt(?:ed|ion|s)?\b | sign(?:ed)?[- ]off |
      endors\w+ | decision (?:by|of|on|taken) | cabinet decision | considered by
  carrying it out: implement\w* | clos(?:e|ed|ure)\b | dispos\w+ | deliver\w*
a round of planning
  guidance: templates? | guidance | framework | assumptions | timetable | priorities |
      corporate plan | refreshed? of
  plans: (?:service|business|delivery|workforce)(?: and \w+)? (?:plans?|proposals) |
      (?:team|directorate|budget|savings)(?: and \w+)? (?:plans?|proposals) |
      scorecards | submitted
  challenge: challenge | mid[- ]year | star chamber | moderat\w+ | quality assur\w+ | scrutin\w+
  consultation: consult\w*
  approval: agree(?:d|ment)?\b | approv\w+ | adopt(?:ed|ion|s)?\b | sign(?:ed)?[- ]off | endors\w+ |
      decision (?:by|of|on|taken) | cabinet decision | considered by | budget set |
      sets? the budget
  targets: objectives | targets | appraisals? | kpis? | performance measures
  reports: monitor\w* | quarter\w* | reports?\b | tracker | progress
  a look back: lessons | annual (?:review|report) | effectiveness | evaluat\w+ | refresh of
a trial
  the design: design\w* | develop\w* | business case | select\w* | policy
  funding: fund(?:ing|ed)\b | sign(?:ed)?[- ]off | approv\w+ | secured?
  the trial: pilot\w* | trial\w* | demonstrator | test(?:ed|ing)?\b | phase (?:1|one)
  its evaluation: evaluat\w+ | lessons | review (?:of|opportunit\w+) | findings
  scaling: scal(?:e|ed|ing)\b | wider | roll(?:ed|ing)?[- ]?out | expan\w+ |
      all (?:teams|services|streams|households) | full\b
land and buildings
  data: asset register | data | survey | condition | baseline |
      review (?:of )?(?:operational )?(?:assets|buildings|property)
  options: asset reviews? | options | feasib\w+ | vision | masterplan | identif\w+
  strategy: strategy | business case | policy | disposals? (?:list|programme) | pipeline
  consent: planning (?:application|consent|permission) | approv\w+ | agreed | funding | consent
  procurement: procur\w+ | contractor | market\w* | auction\w* | tender\w* | developer | partner
  works: start on site | works | refurb\w+ | construct\w+ | enabling
  completion: complet\w+ | open(?:ing|ed|s)?\b | receipts | leases? | moves?\b | first \d+
a programme
  who leads it: board | project team | working group | lead appointed | partnership structure |
      governance structure | programme management office | steering group
  its scope: scop\w+ | terms of reference | mandate | road ?map | programme plan |
      change programmes?
  capacity: capacity | recruit\w* | resourc\w+ | fund\w+ | team in place
  delivery: mobilis\w+ | deliver\w* | implement\w* | launch\w* | work programme
  progress: progress | monitor\w* | track\w* | report\w* | benefits
  its end: clos(?:e|ure|ed)\b | lessons | handover | evaluat\w+ | final report
skills
  needs: needs analysis | skills? (?:gaps?|audit) | training needs | profile | hot ?spots |
      framework
  the content: toolkit |
      (?:training|learning|development|leadership) (?:programme|offer|plan|content|package) |
      handbook | material | guidance
  the go-ahead: agree(?:d|ment)?\b | approv\w+ | adopt(?:ed|ion|s)?\b | sign(?:ed)?[- ]off |
      endors\w+ | decision (?:by|of|on|taken) | cabinet decision | considered by | procur\w+
  the training: train(?:ed|ing)? (?:deliver\w*|complet\w*|rolled|for|all|of) |
      managers? (?:trained|briefed) | staff trained | complete training | e-learning | workshops? |
      cohort | deliver\w*
  what it brought: evaluat\w+ | impact | accredit\w+ | pulse | improved | accuracy | compliance |
      measur\w+
answers to an inspection
  the assessment: self[- ]assessment | inspection | peer (?:review|challenge) | gap analysis |
      diagnostic | external (?:review|quality) | audit findings
  the plan: (?:improvement|action) plan | recommendations
  its agreement: agree(?:d|ment)?\b | approv\w+ | adopt(?:ed|ion|s)?\b | sign(?:ed)?[- ]off |
      endors\w+ | decision (?:by|of|on|taken) | cabinet decision | considered by
  delivery plans: delivery plans? | delivery leads? | workstreams?
  delivery: implement\w* | deliver\w* | actions (?:complet\w+|clos\w+) | embed\w*
  the test of it: mock | stocktake | progress | re-?inspect\w* | assurance | monitor\w* |
      sustain\w* | clos(?:e|ed|ure)\b
charges, orders and changes for the public
  the study: study | baseline | options | model\w* | review of | cost\w*
  the draft: draft\w* | proposal\w* | design\w* | specif\w+
  consultation: consult\w*
  the decision: agree(?:d|ment)?\b | approv\w+ | adopt(?:ed|ion|s)?\b | sign(?:ed)?[- ]off |
      endors\w+ | decision (?:by|of|on|taken) | cabinet decision | considered by
  notice: advertis\w+ | letters? | notif\w+ | communications? | campaign | configur\w+ | vehicles |
      deliver\w* of
  coming into force: take effect | into force | go(?:es)?[- ]live | start\w* | introduc\w+ |
      roll(?:ed)?[- ]?out | new (?:tariff|charge)\w* | come into
"""


@dataclass(frozen=True, slots=True)
class CourseStep:
    """A step: its name in words, and the pattern of the words that tell of it."""

    name: str
    form: str


@dataclass(frozen=True, slots=True)
class Workstream:
    """A course of work: what it is, and its steps in their order."""

    name: str
    steps: tuple[CourseStep, ...]


def _read(table: str) -> tuple[Workstream, ...]:
    joined = table.strip().replace("\n      ", " ")
    courses: list[Workstream] = []
    for line in joined.splitlines():
        if not line.startswith(" "):
            courses.append(Workstream(line, ()))
            continue
        name, forms = line.strip().split(": ", maxsplit=1)
        step = CourseStep(name, "|".join(forms.split(" | ")))
        courses[-1] = Workstream(courses[-1].name, (*courses[-1].steps, step))
    return tuple(courses)


WORKSTREAMS: Final = _read(_TABLE)
