"""One application: who applies, what was shown, other claims, and the decision by a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.documents.sheet import SheetError
from app.files.store import FileInfo
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.evacuees import EvacueeInfo
from app.shelters.handouts.benefit_papers import receipt_sheet
from app.shelters.handouts.benefit_values import BenefitInfo, BenefitRefused, BenefitState
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import many_lines, plain_form
from components.plain_table import Cell, Link, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import EVACUEES
from pages.staff.forms import posted
from pages.staff.shelters.benefit_evidence import draw_evidence, evidence_of, outcome_words
from pages.staff.shelters.handouts_frame import (
    BENEFITS,
    BUSY_STATUS,
    REFUSED_STATUS,
    actor_names,
    handouts_page,
    note_papers,
    seen_people,
)
from pages.staff.shelters.handouts_words import benefit_problem_words, benefit_words

ONE, DECIDE, RECEIPT = f'{BENEFITS}/{{benefit}}', f'{BENEFITS}/{{benefit}}/decide', f'{BENEFITS}/{{benefit}}/receipt'
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the page shows."""

    benefit: BenefitInfo
    person: EvacueeInfo = field(repr=False)
    item: str
    shelters: Mapping[UUID, str]
    others: Sequence[BenefitInfo]
    people: Mapping[UUID, EvacueeInfo] = field(repr=False)
    elsewhere: Sequence[datetime]
    """When other boxes took an application for the same."""
    evidence: Sequence[FileInfo]
    actors: Mapping[str, str]


def register(condition: Condition) -> None:
    """Open the page, what is decided on it, and the receipt."""
    policies.register(RECEIPT, permission=Permission.READ_EVACUEES)

    @guarded_page(ONE, permission=Permission.READ_EVACUEES)
    async def one(benefit: UUID, done: str = '') -> None:
        _draw(await _scene(condition.require_box(), benefit), done=done)

    @guarded_post(DECIDE, permission=Permission.COMMAND_SHELTERS)
    async def decide(request: Request, benefit: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        box, form = condition.require_box(), await posted(request)
        try:
            await _decide(box, benefit, form, actor)
        except BenefitRefused as refused:
            scene, problem = await _scene(box, benefit), benefit_problem_words(refused.problem)
            return drawn(request, lambda: _draw(scene, problem), REFUSED_STATUS)
        return RedirectResponse(f'{BENEFITS}/{benefit}?done=decided', status_code=303)

    @app.get(RECEIPT, include_in_schema=False)
    async def receipt(benefit: UUID) -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.READ_EVACUEES)
        scene = await _scene(box, benefit)
        if scene is None:
            return RedirectResponse(BENEFITS, status_code=303)
        shelter = scene.shelters.get(scene.benefit.shelter, '')
        sheet = receipt_sheet(scene.benefit, scene.person, scene.item, shelter, box.settings.name)
        try:
            content = await box.documents.render_pdf([sheet])
        except (ChildError, SheetError):
            return Response(_('いまは作れません。少し待ってからもう一度試してください。'), BUSY_STATUS)
        await note_papers(box, actor_of(principal), 'receipt', [scene.benefit])
        disposition = f'inline; filename="receipt.pdf"; filename*=UTF-8\'\'{quote(_("給付の受領書"))}.pdf'
        headers = {'Content-Disposition': disposition, 'Cache-Control': 'no-store'}
        return Response(content, media_type='application/pdf', headers=headers)


async def _decide(box: Box, benefit: UUID, form: Mapping[str, str], actor: Actor) -> None:
    reason = form.get('reason', '')[:LONGEST_REASON]
    if form.get('act') == 'approve':
        evidence = [file.id for file in await evidence_of(box, benefit)]
        await box.shelters.handouts.benefits.approve(benefit, actor, evidence=evidence, reason=reason)
    else:
        await box.shelters.handouts.benefits.decline(benefit, actor, reason)


async def _scene(box: Box, benefit: UUID) -> Scene | None:
    room = box.shelters.handouts
    info = await room.benefits.get(benefit)
    others = await room.benefits.others(benefit) if info else []
    people = await seen_people(box, [one.evacuee for one in (info, *others) if one]) if info else {}
    if info is None or info.evacuee not in people:
        return None
    item = await room.items.get(info.item)
    return Scene(
        benefit=info,
        person=people[info.evacuee],
        item=item.entry.name if item else '',
        shelters={one.id: one.entry.name for one in await box.shelters.register.all()},
        others=[one for one in others if one.evacuee in people],
        people=people,
        elsewhere=await room.benefits.elsewhere(benefit),
        evidence=await evidence_of(box, benefit),
        actors=await actor_names(box, [info.applied_by, info.decided_by]),
    )


def _draw(scene: Scene | None, problem: str = '', *, done: str = '') -> None:
    with handouts_page(_('給付の申請'), BENEFITS):
        if scene is None:
            empty_state(_('この申請はありません'), _('一覧から選んでください。'))
            text('a', _('一覧へ戻る'), '', href=BENEFITS)
            return
        if scene.benefit.practice:
            text('p', _('訓練'), 'practice-mark')
        if problem:
            message_box(MessageKind.FAILURE, _('判断を記録していません。'), problem)
        told = outcome_words(done)
        if told is not None:
            message_box(*told)
        _draw_facts(scene)
        _draw_others(scene)
        for at in scene.elsewhere:
            words = _('ほかの避難所の箱でも、同じ給付が申請されています({at})。').format(at=day_and_time(at))
            message_box(MessageKind.WARNING, words, _('承認するときは理由を入れてください。'))
        draw_evidence(scene.benefit, scene.evidence)
        if scene.benefit.state is BenefitState.APPLIED:
            _draw_decision(scene)
        with element('div', 'buttons'):
            text('a', _('受領書を印刷する(PDF)'), 'press press-quiet', href=f'{BENEFITS}/{scene.benefit.id}/receipt')
            text('a', _('一覧へ戻る'), 'press press-quiet', href=BENEFITS)


def _draw_facts(scene: Scene) -> None:
    benefit, payee = scene.benefit, scene.benefit.payee
    account = ' '.join(part for part in (payee.bank, payee.branch, payee.account_kind, payee.number) if part)
    facts = (
        (_('状態'), benefit_words()[benefit.state]),
        (_('給付'), scene.item),
        (_('金額'), _('{amount}円').format(amount=f'{benefit.amount:,}')),
        (_('氏名'), '' if scene.person.details.protected else scene.person.details.name),
        (_('支払い方法'), _('口座振込') if payee.is_account else _('窓口払い')),
        (_('振込先'), account),
        (_('名義'), payee.holder),
        (_('備考'), payee.remarks),
        (_('避難所'), scene.shelters.get(benefit.shelter, '')),
        (_('受付'), f'{scene.actors.get(benefit.applied_by, "")} {day_and_time(benefit.applied_at)}'.strip()),
    )
    with element('section', 'section', aria_label=_('申請の内容')):
        text('a', scene.person.number, 'section-title cell-link', href=f'{EVACUEES}/{scene.person.id}')
        with element('dl', 'facts'):
            for label, words in (*facts, *_decision(scene)):
                if words:
                    with element('div', 'fact'):
                        text('dt', label)
                        text('dd', words)


def _decision(scene: Scene) -> list[tuple[str, str]]:
    benefit = scene.benefit
    if benefit.decided_at is None:
        return []
    name = scene.actors.get(benefit.decided_by, '')
    return [(_('判断'), f'{name} {day_and_time(benefit.decided_at)}'.strip())]


def _draw_others(scene: Scene) -> None:
    if not scene.others:
        return
    rows: list[list[Cell]] = [
        [
            day_and_time(one.applied_at),
            Link(scene.people[one.evacuee].number, f'{BENEFITS}/{one.id}'),
            scene.shelters.get(one.shelter, ''),
            f'{one.amount:,}',
            benefit_words()[one.state],
        ]
        for one in scene.others
    ]
    with element('section', 'section', aria_label=_('重複の疑い')):
        text('h2', _('重複の疑い'), 'section-title')
        message_box(MessageKind.WARNING, _('同じ方か同じ世帯から、同じ給付の申請がほかにもあります。'))
        plain_table((_('受付'), _('番号'), _('避難所'), _('金額(円)'), _('状態')), rows, empty=('', ''))


def _draw_decision(scene: Scene) -> None:
    action = f'{BENEFITS}/{scene.benefit.id}/decide'
    with element('section', 'section', aria_label=_('判断')):
        text('h2', _('判断'), 'section-title')
        if not is_allowed(current_principal(), Permission.COMMAND_SHELTERS):
            text('p', _('災害対策本部の担当者が判断します。'), 'quiet')
            return
        with plain_form(action, _('承認する'), hidden={'act': 'approve'}):
            if scene.others or scene.elsewhere:
                many_lines('reason', _('ほかの申請があっても承認する理由'), required=True, most=LONGEST_REASON)
        with plain_form(action, _('見送る'), careful=True, hidden={'act': 'decline'}):
            many_lines('reason', _('見送る理由'), required=True, most=LONGEST_REASON)
