"""What usually leads to what: finding out, rules, people, plans, choices and contracts.

How a row is read tells `loaders.suggest.lead_table`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ROWS"]

ROWS: Final = """
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
the partner or contract is there before the work with it
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
"""
