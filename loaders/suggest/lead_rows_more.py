"""What usually leads to what: data, property, money, governance and services.

How a row is read tells `loaders.suggest.lead_table`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["MORE_ROWS"]

MORE_ROWS: Final = """
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
