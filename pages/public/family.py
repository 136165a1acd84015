"""`/family`: a household enters itself on its own phone over the box's Wi-Fi, and shows a QR at the desk."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app import clock
from app.access.limits import TooSoon
from app.language import _
from app.messages.languages import Language, speaking
from app.runtime import Condition
from app.shelters.details import PersonDetails
from app.shelters.families import Families
from app.shelters.family_codes import DraftProblem, DraftRefused
from app.shelters.family_values import Family, FamilyFull, Ticket
from app.storage.failures import StorageError
from components.plain_html import tag
from pages.public.family_details import family_with, household_form, person_form, person_with
from pages.public.family_form import ADD, people_form, read_people, too_many
from pages.public.family_ticket import code_of, members_of
from pages.public.frame import LANGUAGE_FIELD, REFUSED_STATUS, language_of, open_to_all, problem, public_page, told
from pages.public.posting import first_values, posted_many
from pages.staff.forms import address_of

FAMILY = '/family'
TICKET = '/family/{code}'
PERSON = '/family/{code}/person/{number}'
HOUSEHOLD = '/family/{code}/household'
MORE = '/family/{code}/more'
OF_BAND = '/me/{band}/family'
"""Of somebody who is registered already, by the code of their wristband."""
GONE_STATUS, TOO_SOON_STATUS, UNAVAILABLE_STATUS = 410, 429, 503
Answer = Callable[['_Page'], Awaitable[Response]]


def register(condition: Condition) -> None:
    """Open the pages."""
    for path in (FAMILY, TICKET, PERSON, HOUSEHOLD, MORE, OF_BAND):
        open_to_all(path)

    @app.get(FAMILY, include_in_schema=False)
    async def form(request: Request) -> Response:
        return await _answered(condition, request, FAMILY, lambda page: page.people({}))

    @app.post(FAMILY, include_in_schema=False)
    async def enter(request: Request) -> Response:
        return await _answered(condition, request, FAMILY, lambda page: page.enter(address_of(request)))

    @app.get(OF_BAND, include_in_schema=False)
    async def form_of_band(request: Request, band: str) -> Response:
        return await _answered(condition, request, f'/me/{quote(band)}/family', lambda page: page.people({}))

    @app.post(OF_BAND, include_in_schema=False)
    async def enter_of_band(request: Request, band: str) -> Response:
        path, client = f'/me/{quote(band)}/family', address_of(request)
        return await _answered(condition, request, path, lambda page: page.enter(client, band))

    @app.get(TICKET, include_in_schema=False)
    async def ticket(request: Request, code: str) -> Response:
        return await _answered(condition, request, f'/family/{code}', lambda page: page.ticket(code))

    @app.get(PERSON, include_in_schema=False)
    async def person(request: Request, code: str, number: int) -> Response:
        path = f'/family/{code}/person/{number}'
        return await _answered(condition, request, path, lambda page: page.person(code, number))

    @app.post(PERSON, include_in_schema=False)
    async def change_person(request: Request, code: str, number: int) -> Response:
        return await _answered(condition, request, f'/family/{code}', lambda page: page.change_person(code, number))

    @app.get(HOUSEHOLD, include_in_schema=False)
    async def household(request: Request, code: str) -> Response:
        return await _answered(condition, request, f'/family/{code}/household', lambda page: page.household(code))

    @app.post(HOUSEHOLD, include_in_schema=False)
    async def change_household(request: Request, code: str) -> Response:
        return await _answered(condition, request, f'/family/{code}', lambda page: page.change_household(code))

    @app.get(MORE, include_in_schema=False)
    async def more(request: Request, code: str) -> Response:
        return await _answered(condition, request, f'/family/{code}/more', lambda page: page.people({}, code))

    @app.post(MORE, include_in_schema=False)
    async def add(request: Request, code: str) -> Response:
        return await _answered(condition, request, f'/family/{code}/more', lambda page: page.add(code))


async def _answered(condition: Condition, request: Request, path: str, answer: Answer) -> Response:
    posted = await posted_many(request) if request.method == 'POST' else {}
    page = _Page(condition, path, posted, language_of(request, first_values(posted)))
    with speaking(page.language):
        try:
            page.practice = await _is_practised(condition)
            return await answer(page)
        except DraftRefused as refused:
            return page.gone(refused.problem)
        except StorageError:
            words = problem(_('いまは記録できません'), _('少し待って、もう一度試してください。'))
            return page.shown(_('家族の登録'), words, status=UNAVAILABLE_STATUS)


async def _is_practised(condition: Condition) -> bool:
    here = await condition.require_box().shelters.register.here()
    return here is not None and here.practice


class _Page:
    """One answer to one phone."""

    def __init__(self, condition: Condition, path: str, posted: Mapping[str, list[str]], language: Language) -> None:
        self._condition = condition
        self._posted = posted
        self._path = path
        self.language = language
        self.practice = False
        """The shelter of this box holds a drill (訓練)."""

    @property
    def _families(self) -> Families:
        return self._condition.require_box().shelters.families

    def shown(self, title: str, *content: str, status: int = 200) -> Response:
        settings = self._condition.settings
        return public_page(
            title,
            self.language,
            *content,
            path=self._path,
            place=settings.name,
            contact=settings.contact.text,
            status=status,
            practice=self.practice,
        )

    async def people(
        self, fields: Mapping[str, str], code: str = '', problems: tuple[str, ...] = (), status: int = 200
    ) -> Response:
        if code:
            await self._families.look(code)
        intro = tag('p', _intro(is_registered=self._path.startswith('/me/')))
        trouble = [problem(each) for each in problems]
        return self.shown(
            _('家族の登録'), *trouble, intro, people_form(self._path, self.language, fields), status=status
        )

    async def enter(self, client: str, band: str = '') -> Response:
        return await self._with_people(lambda people: self._begin(people, client, band))

    async def add(self, code: str) -> Response:
        return await self._with_people(lambda people: self._join(code, people), code)

    async def ticket(self, code: str) -> Response:
        family, ticket = await self._families.look(code)
        return self._ticket(family, ticket)

    async def person(self, code: str, number: int) -> Response:
        member = _member((await self._families.look(code))[0], number)
        return self.shown(member.name, person_form(self._path, self.language, member))

    async def change_person(self, code: str, number: int) -> Response:
        family, _ticket = await self._families.look(code)
        changed = person_with(_member(family, number), self._posted)
        members = (*family.members[: number - 1], changed, *family.members[number:])
        return await self._saved(code, replace(family, members=members))

    async def household(self, code: str) -> Response:
        family, _ticket = await self._families.look(code)
        return self.shown(_('家族みんなのこと'), household_form(self._path, self.language, family))

    async def change_household(self, code: str) -> Response:
        family, _ticket = await self._families.look(code)
        return await self._saved(code, family_with(family, self._posted))

    def gone(self, trouble: DraftProblem) -> Response:
        if trouble is DraftProblem.USED:
            done = told(_('受付が終わりました'), _('書いたことは、この画面からは消えました。'))
            return self.shown(_('家族の登録'), done, status=GONE_STATUS)
        words = problem(
            _('この登録は見つかりません'), _('時間が過ぎたか、ほかの避難所の登録です。もう一度登録してください。')
        )
        again = tag('p', tag('a', _('家族の登録'), href=FAMILY))
        return self.shown(_('家族の登録'), words, again, status=GONE_STATUS)

    async def _with_people(
        self, act: Callable[[tuple[PersonDetails, ...]], Awaitable[Response]], code: str = ''
    ) -> Response:
        fields = first_values(self._posted)
        if ADD in fields:
            return await self.people(fields, code)
        rows = read_people(fields, self.language, clock.today())
        if rows.problems:
            return await self.people(fields, code, rows.problems, REFUSED_STATUS)
        try:
            return await act(rows.people)
        except FamilyFull:
            return await self.people(fields, code, (too_many(),), REFUSED_STATUS)
        except TooSoon:
            words = _('登録が続いています。10分ほど待つか、受付で話してください。')
            return await self.people(fields, code, (words,), TOO_SOON_STATUS)

    async def _begin(self, people: tuple[PersonDetails, ...], client: str, band: str) -> Response:
        pages = self._condition.require_box().shelters.own_pages
        ticket = await self._families.put(Family(members=people), client, await pages.whose(band) if band else None)
        return self._to_ticket(ticket.code)

    async def _join(self, code: str, people: tuple[PersonDetails, ...]) -> Response:
        family, _ticket = await self._families.look(code)
        return await self._saved(code, replace(family, members=(*family.members, *people)))

    async def _saved(self, code: str, family: Family) -> Response:
        await self._families.change(code, family)
        return self._to_ticket(code)

    def _to_ticket(self, code: str) -> Response:
        return RedirectResponse(f'/family/{code}?{LANGUAGE_FIELD}={self.language.value}', 303)

    def _ticket(self, family: Family, ticket: Ticket) -> Response:
        until = ticket.expires_at.astimezone(clock.TOKYO).strftime('%m/%d %H:%M')
        path = f'/family/{ticket.code}'
        return self.shown(
            _('受付で見せてください'),
            code_of(ticket),
            tag('p', _('{time}まで使えます。').format(time=until)),
            tag('h2', _('待っている間に')),
            tag('p', _('アレルギーや病気など、助けがいることを書けます。書かなくても受付はできます。')),
            members_of(path, family),
        )


def _intro(*, is_registered: bool) -> str:
    if is_registered:
        return _('1人目に、このリストバンドの人を書いてください。書いたことは、受付の人が確かめてから記録に入れます。')
    return _('並んでいる間に、家族の名前を書いてください。書いたことは、この避難所の受付の人だけが見ます。')


def _member(family: Family, number: int) -> PersonDetails:
    if not 1 <= number <= len(family.members):
        raise DraftRefused(DraftProblem.UNKNOWN)
    return family.members[number - 1]
