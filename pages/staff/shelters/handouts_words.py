"""What the pages of handing out and benefits say, as plain words."""

from collections.abc import Mapping
from uuid import UUID

from app.language import _
from app.shelters.handouts.benefit_values import BenefitProblem, BenefitState
from app.shelters.handouts.request_values import RequestState
from app.shelters.handouts.rules import Objection
from app.shelters.handouts.stock_values import MoveKind
from app.shelters.handouts.values import Answer, Entitled, ItemKind, Proxies, Share
from components.times import day_and_time


def kind_words() -> dict[ItemKind, str]:
    """What an item is."""
    return {ItemKind.MEAL: _('食事'), ItemKind.GOODS: _('物資'), ItemKind.BENEFIT: _('給付金・見舞金')}


def share_words() -> dict[Share, str]:
    """Whose allowance it is."""
    return {Share.PERSON: _('1人ごと'), Share.HOUSEHOLD: _('世帯ごと')}


def entitled_words() -> dict[Entitled, str]:
    """Who may have it by where they are."""
    return {
        Entitled.PRESENT: _('いま避難所にいる方だけ'),
        Entitled.REGISTERED: _('在宅・車中・外出中の方にも'),
    }


def proxy_words() -> dict[Proxies, str]:
    """Who may collect for somebody."""
    return {
        Proxies.NOBODY: _('ご本人だけ'),
        Proxies.HOUSEHOLD: _('世帯の方まで'),
        Proxies.ANYBODY: _('だれでも(氏名を控える)'),
    }


def answer_words() -> dict[Answer, str]:
    """Why something is not handed out now."""
    return {
        Answer.GIVEN: _('渡した'),
        Answer.NOT_FOR: _('対象の区分ではない'),
        Answer.NOT_PRESENT: _('いま避難所にいない'),
        Answer.NO_PROXY: _('代わりの方には渡せない'),
        Answer.IN_ALL: _('渡す回数の上限'),
        Answer.PER_DAY: _('1日の回数の上限'),
        Answer.TOO_SOON: _('前に渡してから間がない'),
        Answer.EXCLUSIVE: _('代わりになる物を渡している'),
        Answer.ALLERGEN: _('アレルギー'),
        Answer.ALLERGENS_UNKNOWN: _('原材料が未入力で、アレルギーのある方'),
    }


def objection_words(objection: Objection, names: Mapping[UUID, str]) -> str:
    """Why not now, since when, and from when it can be."""
    parts = [answer_words()[objection.answer]]
    if objection.allergens:
        parts.append('、'.join(objection.allergens))
    if objection.item and objection.item in names:
        parts.append(names[objection.item])
    if objection.since:
        parts.append(_('前回 {at}').format(at=day_and_time(objection.since)))
    if objection.until:
        parts.append(_('次は {at} から').format(at=day_and_time(objection.until)))
    return ' / '.join(parts)


def move_words() -> dict[MoveKind, str]:
    """Why a stock figure changed."""
    return {MoveKind.RECEIVED: _('入庫'), MoveKind.COUNTED: _('棚卸し'), MoveKind.REMOVED: _('廃棄・転出')}


def request_words() -> dict[RequestState, str]:
    """How far a request has come."""
    return {
        RequestState.DRAFT: _('下書き'),
        RequestState.SENT: _('本部へ送った'),
        RequestState.APPROVED: _('本部が承認'),
        RequestState.ON_THE_WAY: _('発送済み'),
        RequestState.PARTLY: _('一部が届いた'),
        RequestState.RECEIVED: _('すべて届いた'),
        RequestState.DECLINED: _('取り下げ・見送り'),
    }


def benefit_words() -> dict[BenefitState, str]:
    """How far an application has come."""
    return {
        BenefitState.APPLIED: _('判断待ち'),
        BenefitState.APPROVED: _('承認'),
        BenefitState.DECLINED: _('見送り'),
        BenefitState.EXPORTED: _('支払いへ渡した'),
    }


def benefit_problem_words(problem: BenefitProblem) -> str:
    """Why an application was not taken or decided, and the next step."""
    return {
        BenefitProblem.NO_BENEFIT: _('この給付はいま受け付けていません。「品目ときまり」を確かめてください。'),
        BenefitProblem.NO_PERSON: _('この番号の方はいません。リストバンドや名簿の番号を確かめてください。'),
        BenefitProblem.ACCOUNT: _('口座: 銀行・支店・名義と、7桁までの番号をすべて入れるか、すべて空にします。'),
        BenefitProblem.STATE: _('ほかの人が先に判断しています。ページを開き直してください。'),
        BenefitProblem.SAME_PERSON: _('受け付けた人は承認できません。ほかの担当者が承認してください。'),
        BenefitProblem.NO_EVIDENCE: _('確認書類の写真がありません。先に追加してください。'),
        BenefitProblem.SECOND_CLAIM: _('同じ給付の申請がほかにもあります。確かめ、承認する理由を書いてください。'),
        BenefitProblem.NO_REASON: _('理由を書いてください。'),
    }[problem]
