"""How the page of the end of a disaster is drawn: one step after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.language import _
from app.shelters.ending.certificate import fingerprint
from app.shelters.ending.paper import backup_notes
from app.shelters.ending.proof import Proof
from app.shelters.ending.values import LIVING, EndingInfo, Found, Part, State
from app.shelters.ending.words import finding_words, part_words, state_words
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, many_lines, plain_form, selection, tick
from components.plain_table import Lines, plain_table
from components.times import day_and_time
from pages.staff.addresses import SHELTER_ENDING
from pages.staff.navigation import staff_page

PAST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything on the page."""

    infos: Sequence[EndingInfo]
    found: Found
    """Of the one under way, else of everything that is no drill."""
    drill: Found
    closed: Sequence[ShelterInfo]
    practising: Sequence[ShelterInfo]
    names: Mapping[str, str]
    can_export: bool


def living_of(infos: Sequence[EndingInfo]) -> EndingInfo | None:
    """The one that is under way."""
    return next((info for info in infos if info.state in LIVING), None)


def draw(facts: Facts, *, problem: str = '', done: str = '', proof: Proof | None = None) -> None:
    """The whole page."""
    living = living_of(facts.infos)
    with staff_page(_('災害の終わりと匿名化'), SHELTER_ENDING):
        if problem:
            message_box(MessageKind.FAILURE, problem, _('何も消えていません。'))
        if words := _done_words().get(done):
            message_box(MessageKind.DONE, words)
        if proof is not None:
            _draw_proof(proof)
        text('p', _('残す記録を暗号にして書き出したあと、氏名などを読む鍵を捨てます。人数と番号は残ります。'))
        text('p', _('捨てた鍵は、だれにも戻せません。'))
        _draw_found(facts.found)
        if living is None:
            _draw_propose(facts)
            _draw_drill(facts)
        else:
            _draw_living(living, facts)
        _draw_holds()
        _draw_past(facts)


def _draw_found(found: Found) -> None:
    words = part_words()
    rows = [[words[Part(part)], _('{count}件').format(count=f'{count:,}')] for part, count in found.counts.items()]
    with element('section', 'section', aria_label=_('読めなくなる記録')):
        text('h2', _('読めなくなる記録'), 'section-title')
        plain_table((_('種類'), _('件数')), rows, empty=(_('いまはありません'), ''))
        if found.held:
            text('p', _('保留のため残る人: {count}人').format(count=f'{len(found.held):,}'))
        if found.elsewhere:
            text('p', _('ほかの避難所にもいたため残る人: {count}人').format(count=f'{len(found.elsewhere):,}'))


def _draw_holds() -> None:
    with element('details', 'fold'):
        text('summary', _('保留にする'))
        text('p', _('争いなどのため、しばらく読めるままにする方です。理由は暗号にして残します。'), 'quiet')
        with plain_form(f'{SHELTER_ENDING}/hold', _('保留を記録する')):
            entry('number', _('避難者の番号'), required=True, most=16)
            entry('hold_reason', _('保留にする理由'), most=300)
            tick('release', _('保留を終える(理由は要りません)'))


def _draw_propose(facts: Facts) -> None:
    with element('section', 'section', aria_label=_('1人目: 提案する')):
        text('h2', _('1人目: 提案する'), 'section-title')
        text('p', _('閉鎖した避難所だけです。書き出しと、2人目の承認のあとで、鍵を捨てます。'), 'quiet')
        with plain_form(f'{SHELTER_ENDING}/propose', _('提案する')):
            options = {'': _('すべての避難所'), **{str(one.id): one.entry.name for one in facts.closed}}
            selection('shelter', _('避難所'), options)
            many_lines('reason', _('理由'), required=True, most=300)


def _draw_drill(facts: Facts) -> None:
    with element('details', 'fold'):
        text('summary', _('訓練の記録を捨てる'))
        people = facts.drill.counts.get(str(Part.PEOPLE), 0)
        text('p', _('訓練の避難者 {count}人。書き出しも承認も要りません。').format(count=f'{people:,}'), 'quiet')
        with plain_form(f'{SHELTER_ENDING}/drill', _('訓練の記録を捨てる'), careful=True):
            options = {'': _('すべての訓練'), **{str(one.id): one.entry.name for one in facts.practising}}
            selection('drill', _('避難所'), options)
            entry('why', _('理由'), required=True, most=300)
            tick('sure', _('訓練の記録だけが消えることを確かめました'))


def _draw_living(info: EndingInfo, facts: Facts) -> None:
    who = facts.names.get(info.proposed_by, '')
    with element('section', 'section panel', aria_label=state_words()[info.state]):
        text('h2', state_words()[info.state], 'section-title')
        text('p', f'{who} {day_and_time(info.proposed_at)}')
        text('p', info.reason)
        if info.state is State.APPROVED:
            text('p', _('終わると、下の一覧に証明が出ます。ページを開き直してください。'))
            return
        _draw_export(info, facts.can_export)
        if info.state is State.EXPORTED:
            _draw_approve(info)
        with plain_form(f'{SHELTER_ENDING}/{info.id}/withdraw', _('取りやめる'), classes=''):
            pass


def _draw_export(info: EndingInfo, can_export: bool) -> None:
    text('h3', _('残す記録を書き出す'), 'section-title')
    if not can_export:
        words = _('書き出しを読める人が決まっていません。')
        message_box(
            MessageKind.WARNING, words, _('管理者に、設定 shelters.recipients に公開鍵を入れてもらってください。')
        )
        return
    text(
        'p',
        _('被災者台帳の項目と給付の記録です。健康や薬のことは入りません。読めるのは本部の鍵を持つ人だけです。'),
        'quiet',
    )
    label = _('もう一度書き出す') if info.state is State.EXPORTED else _('書き出す')
    with plain_form(f'{SHELTER_ENDING}/{info.id}/export', label, classes=''):
        pass


def _draw_approve(info: EndingInfo) -> None:
    text('h3', _('2人目: 承認する'), 'section-title')
    if info.exported_at:
        text('p', _('{time} に書き出しました。').format(time=day_and_time(info.exported_at)), 'quiet')
    with plain_form(f'{SHELTER_ENDING}/{info.id}/approve', _('承認して鍵を捨てる'), careful=True):
        hint = _('保管したファイル machibako-日付-●●●●●●●●.zip.age の ● の8文字')
        entry('letters', _('ファイルの名前の8文字'), required=True, most=8, hint=hint)


def _draw_past(facts: Facts) -> None:
    past = [info for info in facts.infos if info.state is State.FINISHED][:PAST_SHOWN]
    with element('section', 'section', aria_label=_('終わった匿名化と証明')):
        text('h2', _('終わった匿名化と証明'), 'section-title')
        if not past:
            text('p', _('まだありません'), 'quiet')
        for info in past:
            _draw_finished(info, facts)


def _draw_finished(info: EndingInfo, facts: Facts) -> None:
    told = dict(info.certificate or {})
    mark = _('【訓練】') if info.scope.practice else ''
    at = day_and_time(info.finished_at) if info.finished_at else ''
    with element('section', 'section panel', aria_label=at):
        text('h3', f'{mark}{at}', 'section-title')
        who = [facts.names.get(one, one) for one in (info.proposed_by, info.approved_by)]
        rows: list[list[Lines | str]] = [
            [_('避難所'), '、'.join(told.get('shelters', ()))],
            [_('理由'), info.reason],
            [_('提案と承認'), Lines(tuple(who))],
            [_('証明のSHA-256'), fingerprint(told)[:16]],
        ]
        plain_table((_('項目'), _('内容')), rows, empty=('', ''))
        for note in backup_notes(told):
            text('p', note, 'quiet')
        with element('div', 'buttons'):
            text('a', _('証明を印刷する(PDF)'), 'press press-quiet', href=f'{SHELTER_ENDING}/{info.id}/certificate')
        with plain_form(f'{SHELTER_ENDING}/{info.id}/prove', _('開かないことを確かめる'), classes=''):
            pass


def _draw_proof(proof: Proof) -> None:
    tried = _('鍵 {keys} 個と、記録簿の封 {parts} か所を試しました。').format(
        keys=f'{proof.keys:,}', parts=f'{proof.sealed_parts:,}'
    )
    if proof.holds:
        message_box(MessageKind.DONE, _('どれも開きません。'), tried)
        return
    message_box(MessageKind.FAILURE, _('開けるものが残っています。'), tried)
    for finding in proof.findings:
        text('p', finding_words(finding))


def _done_words() -> dict[str, str]:
    return {
        'proposed': _('提案しました。次に、残す記録を書き出してください。'),
        'approved': _('承認しました。鍵を捨てています。'),
        'withdrawn': _('取りやめました。'),
        'held': _('保留にしました。この方の記録は残ります。'),
        'released': _('保留を終えました。'),
    }
