"""What somebody showed who applied for a benefit: pictures, sealed, and opened only by name."""

from collections.abc import Sequence
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app import clock
from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission
from app.files.store import FileInfo, FileKind, NewFile
from app.language import _
from app.runtime import Box, Condition
from app.shelters.handouts.benefit_values import BenefitInfo, BenefitState
from components.messages import MessageKind
from pages.guarded import guarded_post
from pages.staff import pictures
from pages.staff.pictures import (
    LARGEST_UPLOAD,
    TOO_MANY,
    Album,
    Told,
    draw_pictures,
    keep_picture,
    shown_picture,
    uploaded,
)
from pages.staff.shelters.handouts_frame import BENEFITS, seen_people

ADD, SHOW = f'{BENEFITS}/{{benefit}}/evidence', f'{BENEFITS}/{{benefit}}/evidence/{{file}}'
MOST_PICTURES = 10
SHOWN_FOR = '給付の確認書類の閲覧'


def register(condition: Condition) -> None:
    """Open the ways to add and to see pictures."""
    policies.register(SHOW, permission=Permission.READ_EVACUEES)

    @guarded_post(ADD, permission=Permission.READ_EVACUEES)
    async def add(request: Request, benefit: UUID) -> Response:
        outcome = await _added(condition.require_box(), benefit, await uploaded(request))
        return RedirectResponse(f'{BENEFITS}/{benefit}?done={quote(outcome)}', status_code=303)

    @app.get(SHOW, include_in_schema=False)
    async def show(benefit: UUID, file: UUID) -> Response:
        box = condition.require_box()
        seen = await _seen(box, benefit) is not None
        found = file if seen and file in {one.id for one in await evidence_of(box, benefit)} else None
        return await shown_picture(box, found, SHOWN_FOR, Permission.READ_EVACUEES)

    policies.add(
        Policy(path=ADD, audience=Audience.STAFF, permission=Permission.READ_EVACUEES, largest_body=LARGEST_UPLOAD)
    )


async def evidence_of(box: Box, benefit: UUID) -> list[FileInfo]:
    """The pictures of this application."""
    return [file for file in await box.files.of(benefit) if file.kind is FileKind.EVIDENCE]


def outcome_words(outcome: str) -> Told | None:
    """What became of an upload or a decision; None: the word is not one of ours."""
    if outcome == 'decided':
        return MessageKind.DONE, _('判断を記録しました。'), ''
    return pictures.outcome_words(outcome, _('1件の申請に{most}枚までです。').format(most=MOST_PICTURES))


def draw_evidence(benefit: BenefitInfo, found: Sequence[FileInfo]) -> None:
    """The pictures, and the form of another one while nobody has decided."""
    draw_pictures(
        Album(
            title=_('確認書類'),
            address=f'{BENEFITS}/{benefit.id}/evidence',
            pictures=found,
            empty=(_('写真はありません'), _('り災証明や本人確認書類の写真を追加します。')),
            may_add=benefit.state is BenefitState.APPLIED,
        )
    )


async def _seen(box: Box, benefit: UUID) -> BenefitInfo | None:
    info = await box.shelters.handouts.benefits.get(benefit)
    return info if info and await seen_people(box, [info.evacuee]) else None


async def _added(box: Box, benefit: UUID, content: bytes) -> str:
    info = await _seen(box, benefit)
    if info is None or info.state is not BenefitState.APPLIED:
        return ''
    if len(await evidence_of(box, benefit)) >= MOST_PICTURES:
        return TOO_MANY
    new = NewFile(kind=FileKind.EVIDENCE, content=content, subject=info.evacuee, record=benefit, taken_at=clock.now())
    return await keep_picture(box, new, Permission.READ_EVACUEES)
