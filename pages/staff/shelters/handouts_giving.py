"""An officer hands out by number: what stands against it is said, and set aside only with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from app.journal.line import Actor
from app.language import _
from app.runtime import Box
from app.shelters.handouts.values import Answer, ItemInfo
from app.shelters.handouts.wanted import ReasonMissing, UnknownItem, Wanted
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form, selection
from pages.staff.shelters.handouts_frame import id_of, person_of
from pages.staff.shelters.handouts_words import answer_words, objection_words

LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was typed, why it was not given, and what may be set aside."""

    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    problem: str = ''
    against: frozenset[Answer] = frozenset()


async def give(box: Box, shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> Tried:
    """Hand it out, or say why not; without a problem it was given."""
    person = await person_of(box, form.get('number', ''), shelter)
    if person is None:
        unknown = _('この番号の方はいません。リストバンドや名簿の番号を確かめてください。')
        return Tried(form=form, problem=unknown)
    seen = frozenset(Answer(one) for one in form.get('against', '').split() if one in set(Answer))
    wanted = Wanted(
        item=id_of(form.get('item', '')),
        shelter=shelter.id,
        evacuee=person.id,
        proxy=form.get('proxy', '')[:LONGEST],
        overridden=seen if form.get('reason', '').strip() else frozenset(),
        reason=form.get('reason', '')[:LONGEST],
        attempt=form.get('attempt', '')[:LONGEST],
        practice=shelter.practice,
    )
    try:
        outcome = await box.shelters.handouts.handouts.give(wanted, actor)
    except (ReasonMissing, UnknownItem):
        return Tried(form=form, problem=_('その物はもう配っていません。選び直してください。'))
    if outcome.objection is None:
        return Tried()
    names = {item.id: item.entry.name for item in await box.shelters.handouts.items.all()}
    why = objection_words(outcome.objection, names)
    return Tried(form=form, problem=why, against=seen | {outcome.objection.answer})


def draw_giving(shelter: ShelterInfo, items: Sequence[ItemInfo], tried: Tried | None) -> None:
    """The form; after a refusal, with a place for the reason."""
    form = tried.form if tried else {}
    against = tried.against if tried else frozenset()
    with element('section', 'section', aria_label=_('番号で渡す')):
        text('h2', _('番号で渡す'), 'section-title')
        if tried is not None and tried.problem:
            next_step = _('それでも渡すときは、理由を書いてもう一度押します。') if against else ''
            message_box(MessageKind.FAILURE, _('まだ渡していません: {why}').format(why=tried.problem), next_step)
        hidden = {'attempt': str(uuid4()), 'against': ' '.join(sorted(against))}
        with plain_form(f'/staff/shelters/{shelter.id}/handouts', _('渡した記録をする'), hidden=hidden):
            names = {str(item.id): item.entry.name for item in items}
            selection('item', _('物'), names, form.get('item', ''))
            entry(
                'number', _('番号'), form.get('number', ''), hint=_('リストバンドや控えの番号'), required=True, most=20
            )
            hint = _('登録のない代わりの方が受け取るとき')
            entry('proxy', _('受け取る方の氏名'), form.get('proxy', ''), hint=hint, most=LONGEST)
            if against:
                answers = '、'.join(answer_words()[answer] for answer in sorted(against))
                label = _('「{answers}」でも渡す理由').format(answers=answers)
                entry('reason', label, form.get('reason', ''), required=True, most=LONGEST)
