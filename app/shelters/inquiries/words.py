"""What is read out and printed as the answer to an inquiry."""

from app.language import _
from app.shelters.inquiries.tiers import includes
from app.shelters.inquiries.values import Answer, Identity, Outcome, Problem, Reach, Relation, Whereabouts
from app.shelters.values import LeftFor, Place, Sex, StayState


def answer_lines(answer: Answer) -> tuple[str, ...]:
    """The sentences to read out, one after the other; one and the same for whatever may not be told."""
    if answer.reach is Reach.NOTHING:
        return (_('お尋ねの方について、お答えできる情報はありません。'),)
    lines = [_('お尋ねの方の安否情報を持っています。')]
    if includes(answer.reach, Reach.CONDITION):
        lines.append(_condition(answer))
    if includes(answer.reach, Reach.WHEREABOUTS):
        lines.append(_('居場所: {place}').format(place=place_words(answer.whereabouts)))
        lines.append(_('連絡先: {contact}').format(contact=answer.contact or _('聞いていません')))
    return tuple(lines)


def place_words(place: Whereabouts | None) -> str:
    """Where somebody was recorded last."""
    if place is None:
        return _('記録がありません')
    if place.state is StayState.LEFT:
        where = _left_for(place.left_for)
        if place.destination:
            where = _('{where}: {destination}').format(where=where, destination=place.destination)
        return _('{shelter}を出ました({where})').format(shelter=place.shelter, where=where)
    if place.state is StayState.AWAY:
        return _('{shelter}(一時外出中)').format(shelter=place.shelter)
    return {
        Place.SHELTER: _('{shelter}にいます'),
        Place.CAR: _('{shelter}の車中にいます'),
        Place.HOME: _('自宅にいます({shelter}が支援しています)'),
        Place.OTHER: _('別の場所にいます({shelter}が支援しています)'),
    }[place.place].format(shelter=place.shelter)


def relation_words() -> dict[str, str]:
    """Who the inquirer is to the person."""
    return {
        str(Relation.HOUSEHOLD): _('同居の親族'),
        str(Relation.RELATIVE): _('その他の親族'),
        str(Relation.WORKPLACE): _('職場の関係者'),
        str(Relation.ACQUAINTANCE): _('知人など'),
    }


def identity_words() -> dict[str, str]:
    """How the inquirer showed who they are."""
    return {
        str(Identity.LICENCE): _('運転免許証'),
        str(Identity.MY_NUMBER_CARD): _('マイナンバーカード(表の面)'),
        str(Identity.PASSPORT): _('旅券'),
        str(Identity.OTHER_PAPER): _('その他の書類'),
        str(Identity.CALLED_BACK): _('電話: 知っている番号へかけ直した'),
    }


def sex_words() -> dict[str, str]:
    """性別 of the person sought."""
    return {'': _('分からない'), str(Sex.FEMALE): _('女'), str(Sex.MALE): _('男')}


def outcome_words(outcome: Outcome) -> str:
    """What became of the answer."""
    return {
        Outcome.OPEN: _('まだ伝えていません'),
        Outcome.TOLD: _('伝えました'),
        Outcome.REFUSED: _('伝えませんでした'),
    }[outcome]


def problem_words(problem: Problem) -> str:
    """Why an inquiry is not taken, and what to do."""
    return {
        Problem.INQUIRER: _('照会する人の氏名と住所を入れてください。'),
        Problem.IDENTITY: _('照会する人が本人であることを確かめ、確かめ方を選んでください。'),
        Problem.NAME: _('お尋ねの方の氏名かフリガナを入れてください。住所だけでは探せません。'),
        Problem.MORE_NEEDED: _('お尋ねの方の生年月日か、町名からの住所を入れてください。氏名だけでは探せません。'),
        Problem.REASON: _('照会の理由を入れてください。'),
        Problem.TOO_LONG: _('長すぎる欄があります。短くしてください。'),
        Problem.TOO_MANY_BY_CLERK: _('1時間に受け付けられる数を超えました。責任者に確かめてください。'),
        Problem.TOO_MANY_FOR_NAME: _('この氏名への照会が続いています。責任者に確かめてください。'),
        Problem.CLOSED: _('この照会の結果は、もう記録されています。'),
    }[problem]


def _condition(answer: Answer) -> str:
    told = '、'.join(part for part in (answer.injury, answer.condition) if part)
    if not told:
        return _('けがや病気の情報は入力されていません。')
    return _('けが・病気の様子: {told}').format(told=told)


def _left_for(left_for: LeftFor | None) -> str:
    return {
        LeftFor.HOME: _('自宅へ'),
        LeftFor.RELATIVES: _('親族の家へ'),
        LeftFor.CAR: _('車中へ'),
        LeftFor.STAGE_1_5: _('1.5次避難所へ'),
        LeftFor.STAGE_2: _('2次避難所へ'),
        LeftFor.OTHER_SHELTER: _('ほかの避難所へ'),
        LeftFor.AMBULANCE: _('救急搬送'),
        LeftFor.HOSPITAL: _('入院'),
        LeftFor.ELSEWHERE: _('その他の場所へ'),
    }.get(left_for or LeftFor.UNKNOWN, _('行き先は分かりません'))
