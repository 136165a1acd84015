"""`/staff/drivers/import`: taking over a list of driving licences as they were seen."""

import asyncio

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.licence_import import COLUMNS, REQUIRED, LicencePlan, ListedLicence, plan_licences, take_licences
from app.vehicles.listed import MOST_BYTES, ListError
from app.vehicles.record_words import condition_words
from components.times import day_with_weekday
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import DRIVERS, DRIVERS_IMPORT
from pages.staff.cars.looked_at import LookedAt
from pages.staff.cars.row_import import ListPage, draw_list_page, draw_plan, uploaded_list

REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page and its two steps."""
    plans = LookedAt[LicencePlan]()

    @guarded_page(DRIVERS_IMPORT, permission=Permission.MANAGE_CARS)
    def import_page(done: str = '') -> None:
        draw_list_page(_page(), done=done)

    @guarded_post(f'{DRIVERS_IMPORT}/upload', permission=Permission.MANAGE_CARS)
    async def upload(request: Request) -> Response:
        session, content = require(current_principal(), Permission.MANAGE_CARS).session, await uploaded_list(request)
        try:
            plan = await _planned(condition.require_box(), content)
        except ListError as error:
            problems = error.problems
            return drawn(request, lambda: draw_list_page(_page(), problems), REFUSED_STATUS)
        plans.put(session, plan)
        taken = [(_('確認の記録'), f'{one.driver.number} {one.driver.name}', _words(one)) for one in plan.taken]
        return drawn(request, lambda: draw_plan(_page(), taken, plan.unchanged, plan.refused))

    @guarded_post(f'{DRIVERS_IMPORT}/apply', permission=Permission.MANAGE_CARS)
    async def apply() -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.MANAGE_CARS)
        plan = plans.take(principal.session)
        if plan is None:
            return RedirectResponse(DRIVERS_IMPORT, status_code=303)
        await take_licences(box.vehicles.licences, plan, actor_of(principal))
        return RedirectResponse(f'{DRIVERS_IMPORT}?done={len(plan.taken)}-{len(plan.refused)}', status_code=303)

    path = f'{DRIVERS_IMPORT}/upload'
    policies.add(Policy(path=path, audience=Audience.STAFF, permission=Permission.MANAGE_CARS, largest_body=MOST_BYTES))


async def _planned(box: Box, content: bytes) -> LicencePlan:
    staff = await box.staff.everyone()
    known = await box.vehicles.licences.of_many([member.id for member in staff])
    return await asyncio.to_thread(plan_licences, content, staff, known)


def _words(one: ListedLicence) -> str:
    conditions = [words for name, words in condition_words().items() if name in one.seen.conditions]
    until = _('{day} まで').format(day=day_with_weekday(one.seen.valid_until))
    seen = _('{day} 確認').format(day=day_with_weekday(one.seen.sighted_on))
    return '、'.join([*sorted(one.seen.classes), *conditions, until, seen])


def _page() -> ListPage:
    title = _('運転免許証の確認の取り込み')
    return ListPage(title=title, path=DRIVERS_IMPORT, back=DRIVERS, columns=COLUMNS, required=REQUIRED)
