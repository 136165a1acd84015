"""`/staff/checkers/import`: taking over a list of alcohol detectors."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.desks.register import Job
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.checker_import import COLUMNS, REQUIRED, CheckerPlan, known_checkers, plan_checkers, take_checkers
from app.vehicles.checker_values import CheckerUnknown, differences
from app.vehicles.listed import MOST_BYTES, ListError
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import CHECKERS, CHECKERS_IMPORT
from pages.staff.cars.checker_words import change_words, set_words
from pages.staff.cars.looked_at import LookedAt
from pages.staff.cars.row_import import ListPage, draw_list_page, draw_plan, uploaded_list

REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page and its two steps."""
    plans = LookedAt[CheckerPlan]()

    @guarded_page(CHECKERS_IMPORT, permission=Permission.MANAGE_CARS)
    def import_page(done: str = '') -> None:
        draw_list_page(_page(), done=done)

    @guarded_post(f'{CHECKERS_IMPORT}/upload', permission=Permission.MANAGE_CARS)
    async def upload(request: Request) -> Response:
        session, content = require(current_principal(), Permission.MANAGE_CARS).session, await uploaded_list(request)
        box = condition.require_box()
        desks = await car_desks(box)
        try:
            plan = await _planned(box, content, desks)
        except ListError as error:
            problems = error.problems
            return drawn(request, lambda: draw_list_page(_page(), problems), REFUSED_STATUS)
        plans.put(session, plan)
        return drawn(request, lambda: draw_plan(_page(), _taken(plan, desks), plan.unchanged, plan.refused))

    @guarded_post(f'{CHECKERS_IMPORT}/apply', permission=Permission.MANAGE_CARS)
    async def apply(request: Request) -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.MANAGE_CARS)
        plan = plans.take(principal.session)
        if plan is None:
            return RedirectResponse(CHECKERS_IMPORT, status_code=303)
        try:
            await take_checkers(box.vehicles.checkers, plan, actor_of(principal))
        except CheckerUnknown:
            problem = _('取り込む間にほかの人が検知器を変えました。もう一度ファイルを選び、残りを確かめてください。')
            return drawn(request, lambda: draw_list_page(_page(), (problem,)), REFUSED_STATUS)
        done = f'{len(plan.added) + len(plan.changed)}-{len(plan.refused)}'
        return RedirectResponse(f'{CHECKERS_IMPORT}?done={done}', status_code=303)

    path = f'{CHECKERS_IMPORT}/upload'
    policies.add(Policy(path=path, audience=Audience.STAFF, permission=Permission.MANAGE_CARS, largest_body=MOST_BYTES))


async def car_desks(box: Box) -> dict[UUID, str]:
    """The desks at which a detector may lie, by id."""
    return {desk.id: desk.name for desk in await box.desks.all() if desk.job is Job.VEHICLES}


async def _planned(box: Box, content: bytes, desks: Mapping[UUID, str]) -> CheckerPlan:
    registry, by_name = box.vehicles.checkers, {name: desk for desk, name in desks.items()}
    known = known_checkers(await registry.all(), await registry.retired(), by_name)
    return await asyncio.to_thread(plan_checkers, content, known)


def _taken(plan: CheckerPlan, desks: Mapping[UUID, str]) -> list[tuple[str, str, str]]:
    added = [(_('追加'), f'{one.serial} {one.model}', set_words(one.terms, desks)) for one in plan.added]
    changed = [
        (_('変更'), checker.serial, change_words(differences(checker.terms, terms), desks))
        for checker, terms in plan.changed
    ]
    return added + changed


def _page() -> ListPage:
    title = _('検知器の台帳の取り込み')
    return ListPage(title=title, path=CHECKERS_IMPORT, back=CHECKERS, columns=COLUMNS, required=REQUIRED)
