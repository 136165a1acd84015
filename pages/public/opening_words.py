"""Words for people who open a shelter themselves: no jargon, short, large."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.language import _
from app.shelters.resident_session import OpeningProblem
from app.shelters.safety_check import Answer, Question
from app.shelters.values import PersonClass


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its three answers."""

    question: str
    hint: str
    answers: Mapping[Answer, str]


def asked(question: Question) -> Asked:
    """How a question is put."""
    unsure = _('分からない')
    match question:
        case Question.CRACKS:
            return Asked(
                _('柱や壁に、大きなひびがありますか'),
                _('中に入らず、建物の外から見てください。'),
                {Answer.NO: _('ない'), Answer.YES: _('ある'), Answer.UNSURE: unsure},
            )
        case Question.TILT:
            return Asked(
                _('建物が、傾いていますか'),
                _('屋根や窓の線を、電柱と比べてください。'),
                {Answer.NO: _('傾いていない'), Answer.YES: _('傾いている'), Answer.UNSURE: unsure},
            )
        case Question.GAS:
            return Asked(
                _('ガスの臭いが、しますか'),
                _('入口で確かめます。火や電気のスイッチは、さわらないでください。'),
                {Answer.NO: _('しない'), Answer.YES: _('する'), Answer.UNSURE: unsure},
            )
        case Question.WATER:
            return Asked(
                _('水は、出ますか'),
                _('蛇口をひねって確かめます。'),
                {Answer.YES: _('出る'), Answer.NO: _('出ない'), Answer.UNSURE: unsure},
            )
        case Question.TOILETS:
            return Asked(
                _('トイレは、使えますか'),
                _('水が流れなければ「使えない」です。'),
                {Answer.YES: _('使える'), Answer.NO: _('使えない'), Answer.UNSURE: unsure},
            )


def danger_words(question: Question) -> str:
    """What was found."""
    return {
        Question.CRACKS: _('大きなひびがあります。'),
        Question.TILT: _('建物が傾いています。'),
        Question.GAS: _('ガスの臭いがします。'),
    }.get(question, '')


def uncertain_words(question: Question) -> str:
    """What nobody could judge."""
    return {
        Question.CRACKS: _('ひびが分からないところには、近づかないでください。'),
        Question.TILT: _('傾きが分かりません。きしむ音がしたら、すぐ外へ出てください。'),
        Question.GAS: _('ガスの臭いが分かりません。火を使わず、窓を開けてください。'),
    }.get(question, '')


def lacking_words(question: Question) -> tuple[str, str]:
    """What does not work, and what to do."""
    if question is Question.WATER:
        return _('水が出ません'), _('トイレは流さず、飲み水は配られるまで大切に使います。')
    return _('トイレが使えません'), _('使わないように紙を貼り、袋を使う簡易トイレを用意します。')


def problem_words(problem: OpeningProblem) -> tuple[str, str]:
    """Why somebody cannot go on, and what to do."""
    return {
        OpeningProblem.MISTYPED: (_('文字が一つ違うようです'), _('紙を見て、もう一度確かめてください。')),
        OpeningProblem.UNKNOWN: (
            _('このコードは使えません'),
            _('新しい紙がないか、鍵の箱の中を確かめてください。'),
        ),
        OpeningProblem.ALREADY_OPEN: (
            _('この避難所は、もう市の職員が開いています'),
            _('入口の受付へ行ってください。'),
        ),
        OpeningProblem.ENDED: (
            _('市の職員が引き継ぎました。ありがとうございました'),
            _('このあとは、受付の職員に聞いてください。'),
        ),
        OpeningProblem.NOT_CHECKED: (_('建物の確認が終わっていません'), _('続きに答えてください。')),
    }[problem]


def class_words() -> dict[PersonClass, str]:
    """Whom a press counts."""
    return {
        PersonClass.MAN: _('男の人'),
        PersonClass.WOMAN: _('女の人'),
        PersonClass.CHILD: _('小・中学生'),
        PersonClass.INFANT: _('小さい子(5歳まで)'),
    }
