"""What usually leads to what in the work of councils: a table, with the reason of each row.

Stages of delivery tell that something is designed before it is agreed. They do not tell that a
stock condition survey comes before an investment programme, that functions and roles are settled
before teams are sized, or that a skills audit comes before training. Each row names words for what
comes first and words for what follows from it. It is general knowledge of the sector, not of one
plan, and true wherever it stands; `docs/links.md` prints the reasons.

An entry is a word or several that all stand among the first words of a title, in any order and
form. Entries of several words say more than those of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from loaders.suggest.stems import SMALL, read_tokens, stem

__all__ = ["LEADS", "Lead"]

Form = frozenset[str]

_TABLE: Final = """
what is found out shapes what is designed
  before: review | diagnostic | assessment | stocktake | gap analysis | self-assessment |
      peer review | peer challenge | health check
  after: recommendations | action plan | improvement plan | options | redesign | new model |
      new structure | framework | strategy | roadmap | business case | case for change |
      priorities
investment rests on what is known of the buildings
  before: condition survey | stock condition | asset data | valued | asset register |
      buildings data
  after: investment plan | works programme | capital programme | asset strategy | disposals |
      component data | business plan | service asset
what is offered rests on what is needed
  before: needs assessment | needs analysis | sufficiency analysis | demand modelling |
      market analysis | market review | accommodation review | forecasts refreshed |
      demand forecast
  after: strategy | commissioning intentions | market position | market statement | sizing |
      specification | options | places | commission services | priorities
what is bought rests on what the market can offer
  before: market position | market statement | market engagement | soft market test
  after: commissioning intentions | commissioning priorities | tender | procurement |
      specification | delivery partner
intentions say what work follows
  before: commissioning intentions | commissioning priorities | commissioning strategy
  after: recruitment plan | resourcing plan | change programmes | commissioning plan |
      procurement | recommission | tender
work goes on from what was listed
  before: mapping | map | mapped | baseline | inventory | register | list | compile | database
  after: analysis | prioritise | priority | rolling programme | stress-test | redesign |
      bottlenecks | target | work programme | tier | rationalise | opportunities |
      change programme | duplication | reviewed | recover
rules are there before they are worked by
  before: framework | policy | standards | principles | approach | methodology | criteria |
      protocol | procedure | charter
  after: templates | tools | guidance | train | brief | pilot | trial | audits | mapping |
      checklist | communications plan | embed | compliance | controls | programme reviews |
      roll-out
rules are worked by once they are written
  before: templates | tools | guidance | toolkit | procedures | manual
  after: train | controls | embedded | compliance | roll-out | monitor | draft plans
what is to be done comes before who does it
  before: functions | roles | operating model | model practice | responsibilities
  after: structure charts | new structure | sizing | job descriptions | pathways |
      consultation trade unions | consultation staff | teams
the number of posts rests on the demand
  before: sizing | demand modelling | activity analysis | caseload
  after: structure charts | structure | establishment | recruit
posts follow the structure
  before: structure charts | new structure | structure agreed | structures | grading structure |
      proposals structure | senior structure
  after: job descriptions | job evaluation | role profiles | trade unions | staff consultation |
      consultation staff | recruit | appointments | appointed | matching | vacant posts | posts |
      ballot
those affected are heard before it happens
  before: consultation staff | consultation trade unions | trade unions | staff consultation |
      tupe | consultation closes
  after: appointments | appointed | recruit | structure implemented | structure approved |
      go-live | service starts | selection | integrated teams | transfer | new structure | ballot
posts are filled once they are described
  before: job descriptions | role profiles | job evaluation
  after: recruit | appointments | advertise | matching
recruitment follows its plan
  before: recruitment plan | resourcing plan | recruitment campaign | recruitment strategy |
      plan recruitment | workforce plan | hard to fill
  after: implement recruitment | recruitment complete | complete recruitment | recruited |
      posts filled | appointments | agency | career pathways
people work and learn once they are there
  before: recruit | appoint | appointed | posts filled | team place | registered managers
  after: train | induction | upskilling | operational | caseloads | registered |
      leadership programme
what is taught rests on what is lacking
  before: skills gaps | skills audit | training needs | skills survey | workforce data |
      needs analysis
  after: training programme | development plan | upskilling | train | business partnering |
      learning offer | development offer | induction
training is made before it is given
  before: training content | training material | training plan | training programme |
      learning content | training developed
  after: training delivered | train | deliver training | ongoing delivery training | evaluate
what training brought shows afterwards
  before: train | training offer | training delivered | briefed | research training
  after: evaluate | evaluation | impact | dip-sample | improved | compliance | embed
answers come before what is made of them
  before: survey | questionnaire | pulse | listening groups | engagement sessions | conversation |
      fieldwork | part 1
  after: results | report | outcomes | findings | response | themes | insight | learning themes |
      improvement plan | action plans | evidence feedback | part 2
results come before what is made of them
  before: results | findings | outcomes
  after: report | actions | action plan | improvement plan | lessons | session
a draft comes before what is made final
  before: draft | drafted | preparation
  after: consultation | engagement | final | approved | quality assurance | challenged | publish |
      adopted | agreed
plans are tested before they are agreed
  before: quality assurance | challenged | challenge | scrutiny sessions | peer reviewed
  after: agreement | approved | signed-off | budget | final | agreed
planning follows its process
  before: planning process | planning guidance | guidance | planning framework
  after: commence planning | business planning | draft plans | service plans |
      draft business plans
plans are drafted once planning has begun
  before: business planning | planning round | planning commences
  after: first draft | draft plans | drafts
plans of services follow that of the council
  before: council plan | council strategy | corporate plan | corporate strategy
  after: service plans | divisional plans | service planning | targets | performance framework |
      indicators
delivery follows the plan
  before: improvement plan | strategy approved | strategy agreed | strategy launched |
      strategy adopted
  after: delivery plans | service delivery | team plans | delivery leads | progress |
      regularly reviewed | stocktake | monitoring visit | commission
delivery follows the plan
  before: delivery plans | implementation plan | action plan | recovery plan | exit plan
  after: implement | delivery | progress | monitoring | inspected | closed | service starts
a choice is made between options that were worked out
  before: business case | options appraisal | options | appraisal
  after: sign-off | approval | funding | procurement | decision | preferred | select | agreed |
      way forward
work goes on once it is approved
  before: sign-off | funding | approval | approved | decision | gateway
  after: stand-up | procurement | procure | mobilise | start on site | pilot | contract |
      advertise | retender | letters | bought | effect | transfer
a contract follows its procurement
  before: procurement | tender | procured | retender | call-off | invitation
  after: award | contract place | new contract | implementation | roll-out | supplier | mobilise |
      routes start
the partner is there before the work with it
  before: contract awarded | award | contract place | supplier appointed | contract signed |
      partner place | partner appointed | new contract
  after: mobilise | monitoring | implementation | configure | design | pathways | service starts |
      model | transition | performance reporting | functions
what was built is tried and used
  before: stand-up | configure | build | cleansed | migrate | installed | set-up | devices
  after: test | go-live | mobilise | parallel | train | launch | scorecard
what was tried is judged, then done everywhere
  before: test | acceptance | pilot | trial | demonstrator | shadow running | tested | trialled
  after: evaluate | roll-out | go-live | scale | embed | lessons | extend | cutover | wider |
      benefits
changes last once it is agreed how
  before: criteria | scale criteria | transition plan
  after: embed | handover | roll-out | reform plan
what is to be scaled must have been tried
  before: squads | innovation teams | test learn
  after: criteria | transition plan | scale
audits follow their framework
  before: audit framework | audit schedule | practice standards | audit programme |
      evaluation framework
  after: baseline audits | audits completed | audits | mapping | evaluations
what audits find is learnt from
  before: baseline audits | audits completed | audit findings | practice evaluations
  after: repeat audits | learning | improvement actions | train | re-audit | re-evaluation
savings come from contracts that are known
  before: contracts register | procurement pipeline | contract data | spend analysis | spend data |
      off-contract
  after: opportunities | category plans | rationalise | savings | pipeline
savings come from what was analysed
  before: opportunities analysis | category plans | opportunities
  after: savings | report | business case
support goes where it is needed
  before: scorecards | tiered | contracts tiered | segmentation
  after: tiered | targeted support | dip-sampling | dip sample | quarter
a policy is shaped by those it is for
  before: engagement session | stakeholder session | engagement inform | workshop
  after: draft policy | policy | strategy | offer
reviews need people and a plan
  before: review team | project team | detailed plan | schedule review | scope | programme team
  after: carry reviews | reviews | reviewed | review services | list
conclusions follow the reviews
  before: reviews | review phases | reviewed
  after: recommendations | final report | report | outcome report
what is recommended is then reported and done
  before: recommendations | proposals
  after: final report | report | implement recommendations | decision | closure |
      implementation plan | approved | present
control follows knowledge of the spending
  before: spend profiles | best practice | spending reviewed
  after: forecasting | visibility | framework | control
charges are reviewed before they are set
  before: review recharges | recharges reviewed | recharges budgets
  after: recharge model | new model | budget realign | service level | rebase | recharge method
budgets follow the model of charges
  before: recharge model | model recharges | recharge method
  after: budget realign | train | service level | rebase | brief
plans rest on assumptions
  before: rebase | assumptions
  after: business plan | spend profiles | rent | capital investment | savings | budget proposals
complaints tell what to improve
  before: complaints process | complaints function | complaints data | complaints
  after: failure demand | analytics | process reviews | insight | comprehensive view
services are shaped by what residents say
  before: residents panel | residents survey | customer insight | insight | survey
  after: service design | process review | planning | priorities | comprehensive view | budget |
      targeted
those to be reached must be known
  before: stakeholder mapping | stakeholder map | segmentation
  after: relationship database | database | events | engagement plan | relationship owners
what is replaced first is chosen among what there is
  before: systems mapped | map systems | business systems | systems register
  after: priority framework | priorities | replacement | roadmap | commence replacement
partnerships are reviewed once they are known
  before: identify partnerships | mapping partnerships | checklist | reviewing partnerships
  after: list partnerships | significant partnerships | programme review | rolling
action goes where figures show the need
  before: dashboards | reporting | monitoring | performance data
  after: targeted interventions | interventions | scrutiny | clinics
a programme of work follows from what was talked over
  before: annual meetings | forward plan | topics
  after: work programme | forward plan
a forum is used once it has its form
  before: forum structure | forum | leadership forum
  after: problem-solving | peer challenge | review forum | forum engagement
activity follows the framework
  before: culture framework | engagement framework | change framework | case for change
  after: communications plan | pulse | forum | review themes
feedback is gathered before it is used
  before: insight baseline | baseline measures | pulse | staff feedback
  after: framework | evidence feedback | review learning | themes
what activity brought shows afterwards
  before: programme activity | away days | development activity
  after: feedback | questionnaire | complaints absence
who does the work is there before its result
  before: consultant | adviser | external capacity | independent review | commission review |
      external review
  after: review complete | review report | implementation plan | options | recommendations |
      analysis report | business case | statement
a plan for the staff follows the model
  before: operating model review | review operating model
  after: workforce plan | structure | business case
a system is used once it is there
  before: data management | asset management system | compliance system | system procured |
      system bought
  after: implement | compliance | rolled-out | track | dashboards
receipts come from what is sold
  before: disposals | disposals programme | sites identified | tranche | land
  after: receipts | sales | sale | auction
receipts pay for other things
  before: receipts
  after: repay | borrowing | forecast | capital
plans follow the vision
  before: vision | council vision | city vision
  after: pipeline | prospectus | strategy | local plan | masterplan | investment
local plans follow the strategic plan
  before: spatial plan | strategic plan | core strategy
  after: local plan | site allocations
an offer is designed before it is funded and given
  before: support offer | offer developed | offer designed | package
  after: funding secure | secure funding | join up | launch offer | extend | revised offer
a body is there before its work
  before: joint committee | implementation team | programme office | transition board
  after: implementation plan | day one plan | baseline contracts | staff transfer
the day is prepared
  before: implementation plan | day one
  after: shadow council | vesting | new authority | go-live
savings are sought once the gap is known
  before: budget assumptions | budget gap | pressures validated
  after: savings | proposals
a budget counts the savings
  before: savings proposals | savings identified | savings workshops | savings business cases
  after: draft budget | budget | medium term | delivery plans savings
a budget is proposed before it is set
  before: budget proposals | draft budget
  after: consultation | scrutiny | budget set | full council
delivery follows the budget
  before: budget set | sets budget | budget approved | budget
  after: delivery plans saving | service plans | business plans | savings tracker
accounts are drafted before they are audited
  before: draft accounts | draft statements | control accounts | balance sheet
  after: audit opinion | audit | published | statements
rules are drafted before they are adopted
  before: gap analysis | redraft | constitution review | working group
  after: constitution | recommended changes | adopted | rules
what was adopted is explained
  before: revised constitution | constitution adopted | scheme delegation | delegations
  after: train | guides | sub-delegations | briefings | induction
plans rest on what may happen
  before: impact analysis | risk assessment
  after: continuity plans | mitigations | plan
what was learnt changes the plan
  before: exercise | incident
  after: lessons | revised plan
faults are mended once they are found
  before: penetration test | vulnerability | remediation list
  after: closed | remediation | accreditation
records are kept by those named for it
  before: owners named | data owners | asset owners
  after: registers | quality rules | cleanse | registers complete
a body is there before its work
  before: terms reference | board | steering group
  after: work programme | scope | priorities | action plan
who decides is settled first
  before: governance arrangements | partnership structures | governance
  after: strategy | delivery model | plan
a strategy follows the priorities
  before: strategic direction | strategic priorities | priorities agreed
  after: strategy refresh | strategy | plan | refresh approved
a programme is given once it is agreed
  before: induction programme | induction designed | programme approved
  after: induction delivered | deliver programme | delivery
what was applied for comes after
  before: application | registration | bid
  after: registered | funding | accreditation | open
a decision follows what people said
  before: notices | consultation findings | statutory consultation
  after: decision | cabinet decision | changes effect | reduced | confirmed
a backlog is cleared once it is known
  before: backlog | triage | overdue
  after: cleared | recovery plan | timeliness | target | recruit
capacity follows the demand
  before: caseload | demand analysis | referrals
  after: posts | recruit | capacity | thresholds
an answer follows the finding
  before: inspection report | ofsted | cqc | regulator findings | peer challenge
  after: improvement plan | action plan | monitoring visit | progress
what is offered is settled before it is advertised
  before: fee structure | revised offer | package | allowances
  after: campaign | recruitment campaign | launch | households
a campaign comes before what it brings
  before: campaign | marketing | publicity
  after: take-up | recruited | households | applications | bookings
a building opens once it is ready
  before: building works | adaptations | refurbished | acquired
  after: open | registered | move | occupied
rounds start once they are planned
  before: route optimise | route data | rounds designed | vehicles
  after: rounds start | new routes | new rounds | collections start
vehicles are ordered before they are used
  before: vehicles ordered | fleet strategy | fleet procurement
  after: fleet replacement | vehicles delivered | collection
building starts once it may
  before: masterplan | planning application | planning permission
  after: start on site | delivery partner | funding bid | compulsory purchase
a scheme is designed once it is known to be feasible
  before: feasibility | site survey | ground investigation
  after: planning application | business case | design | outline
an order takes effect after its notice
  before: traffic orders | public notice | notice period
  after: take effect | charges | zones | start
a policy comes before it is enforced
  before: licence policy | statement of licensing
  after: adopted | fees | enforcement
targets need a baseline
  before: carbon baseline | emissions baseline
  after: decarbonisation | climate plan | reduction target
people are sent to what is known
  before: directory | service catalogue | offer mapped
  after: referral pathway | front door | signpost | self-serve
data are used once they may be shared
  before: single view | data sharing agreement | data matching
  after: dashboard | targeted | early identification
partners work together once they may share
  before: data sharing | information sharing
  after: pilot | case management | multi-agency
figures are used once they are right
  before: data quality | data cleansing | cleanse data
  after: dashboard | migration | reporting | go-live | statutory return
what is reported is agreed first
  before: dashboard specification | indicators agreed | kpis agreed | measures agreed
  after: dashboard | scorecard | reporting | performance report
reports follow the framework
  before: performance framework | performance management framework
  after: reporting | scorecard | dashboards | contract performance | consultation results |
      clinics
risks are kept by agreed rules
  before: risk appetite | risk strategy | risk framework | risk policy
  after: risk register | training | deep dive | escalation
what is done follows the risks
  before: risk register | risks identified
  after: mitigations | audit plan | board reports
audits follow their plan
  before: audit plan | internal audit plan | audit programme
  after: audit reviews | annual opinion | findings | recommendations
an opinion rests on what was done
  before: recommendations tracker | audit recommendations | recommendations
  after: annual governance statement | follow-up | assurance | unqualified opinion
a company is run by its rules
  before: shareholder agreement | articles | governance review company
  after: business plan company | board appointments | directors appointed
what becomes of a company follows the options
  before: strategic options | options review company | solvency review
  after: way forward | closure | wind | transfer
rules of buying come before buying by them
  before: social value policy | procurement strategy | contract procedure rules
  after: training | guidance | toolkit | compliance | roll-out
buying follows its strategy
  before: category strategy | category management
  after: savings | tender | contracts
single buildings follow the strategy
  before: asset strategy | estates strategy | asset management plan | asset management strategy
  after: disposals | rationalise | locality reviews | investment programme
moves follow the plan for the offices
  before: workplace strategy | office review | occupancy
  after: relocation | moves | lease surrender | vacate
services follow the strategy
  before: homelessness strategy | homelessness review
  after: temporary accommodation | prevention | delivery model | commissioned
tenants are heard once they have a place
  before: tenancy | tenant panel | tenant engagement
  after: scrutiny report | you said | policy co-produced
what it does to people is known before the decision
  before: equality impact | equality analysis
  after: decision | approval | consultation
services are joined once it is agreed
  before: terms of transfer | section 75 | partnership agreement
  after: integrated | transfer | pooled | joint
members begin after they are elected
  before: election | annual council
  after: induction | committee appointments | new members | work programme
the next round begins with what was learnt
  before: lessons learnt | learning from | look back
  after: planning process | next cycle | refreshed | revised process | new version
posts are filled from the top
  before: senior structure | management structure | chief executive
  after: directors appointed | tiers | leadership team | second tier
a board is judged once it works
  before: commissioning board | programme board | oversight board | improvement board
  after: evaluation | annual evaluation | terms reviewed | effectiveness
what was launched is looked at after a time
  before: launch | relaunch | embedding
  after: annual evaluation | one-year review | evaluation | first review | impact
"""


@dataclass(frozen=True, slots=True)
class Lead:
    """A row: why it holds, and the stems of what comes before and of what comes after."""

    why: str
    before: tuple[Form, ...]
    after: tuple[Form, ...]


def _read(table: str) -> tuple[Lead, ...]:
    lines = table.strip().replace("\n      ", " ").splitlines()
    rows = zip(lines[::3], lines[1::3], lines[2::3], strict=True)
    return tuple(
        Lead(why, _forms(before, "  before: "), _forms(after, "  after: "))
        for why, before, after in rows
    )


def _forms(line: str, name: str) -> tuple[Form, ...]:
    if not line.startswith(name):
        message = f"{line!r} should begin with {name!r}"
        raise ValueError(message)
    return tuple(
        frozenset(
            stem(match.group())
            for match in read_tokens(one)
            if match.group().casefold() not in SMALL
        )
        for one in line.removeprefix(name).split(" | ")
    )


LEADS: Final = _read(_TABLE)
