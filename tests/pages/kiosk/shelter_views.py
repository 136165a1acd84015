"""The views that the tests of the reception desk's page show."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import TypeAdapter

from app import clock
from app.clock import TOKYO
from app.desks.refusals import Refusal
from app.shelters.desk_screens import (
    Mode,
    PersonShown,
    Problem,
    ShelterDeskView,
    Step,
    Told,
)
from app.shelters.desk_shown import AreaShown, CallShown, FaceShown
from app.shelters.values import PersonClass, Place, ShelterState, StayState, Urgency

SHELTER_VIEW = TypeAdapter(ShelterDeskView)
LONG_NAME = '寿限無' * 13 + '寿'
NOON = datetime.combine(clock.today(), datetime.min.time(), TOKYO) + timedelta(hours=12)
PERSON = PersonShown(
    evacuee=UUID(int=1),
    number='KRM-0041-7',
    surname='金沢',
    person_class=PersonClass.WOMAN,
    area_name='体育館 A列',
    state=StayState.PRESENT,
    is_named=True,
)
BUSY = replace(
    PERSON,
    urgencies=(Urgency.OXYGEN, Urgency.DIALYSIS),
    unaccompanied=True,
    visitor=True,
    elsewhere=UUID(int=9),
    elsewhere_name='長坂台小学校',
)
LONG = replace(BUSY, surname=LONG_NAME, area_name='3階 家庭科室と準備室(授乳と着替えに使う部屋)')
COUNTED = {PersonClass.MAN: 61, PersonClass.WOMAN: 74, PersonClass.CHILD: 18, PersonClass.INFANT: 5}
WAITING = ShelterDeskView(
    desk_name='受付1',
    shelter_name='泉小学校',
    shelter_state=ShelterState.OPENED,
    step=Step.WAITING,
    counted=COUNTED,
    registered=121,
    prefix='KRM',
    whom_to_call='危機管理課 内線2210',
)
COUNT = replace(WAITING, mode=Mode.COUNT, step=Step.COUNT, last_count=PersonClass.WOMAN)
SHOWN = replace(WAITING, step=Step.PERSON, person=PERSON, told=Told.REGISTERED, number=1)
NEW = replace(WAITING, step=Step.NEW, has_token=True)
CARD = replace(NEW, is_my_number=True)
AREAS = tuple(
    AreaShown(id=UUID(int=n + 1), name=name, free=17 - n)
    for n, name in enumerate(('体育館 A列', '体育館 B列', '3年1組'))
)
CALLS = tuple(
    CallShown(id=UUID(int=n + 1), urgency=urgency, number='' if n else 'KRM-0041-7', where='受付1', called_at=NOON)
    for n, urgency in enumerate((Urgency.OXYGEN, Urgency.INJURY, Urgency.VENTILATOR))
)

EVERY_STEP: dict[str, ShelterDeskView] = {
    'waiting': WAITING,
    'waiting_drill': replace(WAITING, practice=True),
    'waiting_calls': replace(WAITING, calls=CALLS),
    **{f'reader_{name}': replace(WAITING, reader=name) for name in ('missing', 'stuck')},
    'count': COUNT,
    'count_calls': replace(COUNT, calls=CALLS[:1]),
    'count_drill': replace(COUNT, practice=True, counted={PersonClass.MAN: 2000}),
    'closed': replace(WAITING, step=Step.CLOSED, shelter_state=ShelterState.NOT_OPENED),
    'closed_for_good': replace(WAITING, step=Step.CLOSED, shelter_state=ShelterState.CLOSED),
    'closed_nowhere': ShelterDeskView(desk_name='受付1', whom_to_call='危機管理課 内線2210'),
    'number': replace(WAITING, step=Step.NUMBER),
    'number_not_found': replace(WAITING, step=Step.NUMBER, problem=Problem.NOT_FOUND, number=2),
    'person': SHOWN,
    'person_withdrawable': replace(SHOWN, may_withdraw=True, person=replace(PERSON, surname='', area_name='')),
    'person_child': replace(SHOWN, may_withdraw=True, person=replace(PERSON, person_class=PersonClass.CHILD)),
    'person_child_alone': replace(SHOWN, told=None, problem=Problem.CHILD_ALONE, person=BUSY),
    'person_came_from': replace(SHOWN, person=replace(PERSON, came_from='泉丘高等学校第二体育館(旧校舎側)')),
    'person_busy': replace(SHOWN, person=BUSY, told=Told.ARRIVED),
    'person_long': replace(SHOWN, person=LONG, told=Told.ALREADY),
    'person_away': replace(
        SHOWN, told=Told.SHOWN, person=replace(PERSON, state=StayState.AWAY, expected_at=NOON + timedelta(hours=7))
    ),
    'person_not_here': replace(SHOWN, told=Told.SHOWN, person=replace(PERSON, state=None)),
    'person_unnamed_card': replace(SHOWN, is_my_number=True, told=Told.ALREADY, person=replace(PERSON, surname='')),
    'person_joins': replace(SHOWN, may_join=True, family_of='KRM-0040-2', members=3, told=Told.ALREADY),
    'person_gone': replace(SHOWN, told=None, problem=Problem.GONE),
    'person_drill': replace(SHOWN, practice=True, calls=CALLS[:2]),
    'new': NEW,
    'new_without_card': replace(NEW, has_token=False),
    'new_card': CARD,
    'new_visitor': replace(CARD, visitor=True, last_number='KRM-0040-2'),
    'new_card_bind': replace(CARD, last_number='KRM-0040-2'),
    'new_code_blocked': replace(CARD, problem=Problem.CODE_BLOCKED, number=2),
    'code': replace(CARD, step=Step.CODE),
    'code_wrong': replace(CARD, step=Step.CODE, problem=Problem.CODE_WRONG, tries_left=9, number=2),
    'code_after_pin': replace(CARD, step=Step.CODE, problem=Problem.PIN_LAST_TRY, tries_left=1, number=2),
    'pin': replace(CARD, step=Step.PIN),
    'pin_wrong': replace(CARD, step=Step.PIN, problem=Problem.PIN_WRONG, tries_left=2, number=2),
    'reading': replace(CARD, step=Step.READING),
    'reading_torn': replace(CARD, step=Step.READING, problem=Problem.TORN),
    'confirm': replace(CARD, step=Step.CONFIRM, visitor=True, face=FaceShown(surname='金沢', age=78, visitor=True)),
    'confirm_long': replace(CARD, step=Step.CONFIRM, face=FaceShown(surname=LONG_NAME, age=None, visitor=True)),
    'draft': replace(WAITING, step=Step.DRAFT, surname='金沢', members=4),
    'draft_of_registered': replace(
        WAITING, step=Step.DRAFT, surname='金沢', members=4, completes=('KRM-0041-7', 'KRM-0042-5', 'KRM-0043-3')
    ),
    'draft_unclear': replace(WAITING, step=Step.DRAFT, surname='金沢', members=4, completes=('KRM-0041-7',), unclear=3),
    'household': replace(WAITING, step=Step.HOUSEHOLD, family_of='KRM-0041-7', members=1),
    'household_told': replace(
        WAITING,
        step=Step.HOUSEHOLD,
        family_of='KRM-0041-7',
        members=4,
        person=replace(PERSON, surname='', number='KRM-0044-1'),
        told=Told.REGISTERED,
        may_withdraw=True,
        number=4,
    ),
    'out': replace(SHOWN, step=Step.OUT),
    'leave': replace(SHOWN, step=Step.LEAVE),
    'move': replace(SHOWN, step=Step.MOVE, areas=AREAS),
    'urgent': replace(WAITING, step=Step.URGENT),
    'urgent_person': replace(SHOWN, step=Step.URGENT, told=None),
    'done_out': replace(
        SHOWN,
        step=Step.DONE,
        told=Told.WENT_OUT,
        person=replace(PERSON, state=StayState.AWAY, expected_at=NOON, place=Place.SHELTER),
    ),
    'done_called': replace(WAITING, step=Step.DONE, told=Told.CALLED, calls=CALLS[:1]),
    **{
        f'problem_{problem.value}': replace(WAITING, step=Step.PROBLEM, problem=problem, number=3)
        for problem in (Problem.UNKNOWN_CODE, Problem.OTHER_BOX, Problem.DRAFT_EXPIRED, Problem.DISK_FULL)
    },
    'problem_card': replace(WAITING, step=Step.PROBLEM, problem=Refusal.RANDOM_UID, number=3),
    'failure': replace(WAITING, storage_failed=True),
}
