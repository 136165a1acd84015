"""Why something is not handed out now, as plain values; nobody is blamed, and each has one next step."""

from dataclasses import dataclass

from app import clock
from app.language import _
from app.shelters.handouts.rules import Objection
from app.shelters.handouts.values import Answer
from components.times import short_time


@dataclass(frozen=True, slots=True)
class Words:
    """Pictogram, what is the matter, more about it, and what to do."""

    symbol: str
    title: str
    detail: str
    next_step: str


def refusal_words(refusal: Objection, item: str, other: str) -> Words:
    """One refusal in words; `other` is the item that stands in its place."""
    if refusal.elsewhere:
        return _of_elsewhere(refusal, item)
    if refusal.answer in (Answer.ALLERGEN, Answer.ALLERGENS_UNKNOWN):
        return _of_allergies(refusal)
    if refusal.answer in (Answer.TOO_SOON, Answer.PER_DAY, Answer.IN_ALL, Answer.EXCLUSIVE):
        return _of_limits(refusal, item, other)
    return _of_people(refusal, item)


def _of_elsewhere(refusal: Objection, item: str) -> Words:
    since = short_time(refusal.since, clock.today()) if refusal.since else ''
    had = _('ほかの避難所で{time}に受け取った記録があります').format(time=since)
    meant = _('{item}は、ほかの避難所と合わせて決まった回数まで渡す物です').format(item=item)
    return Words('question', had, meant, _('ご本人に確かめ、要るときは「それでも渡す」を押してください'))


def _of_limits(refusal: Objection, item: str, other: str) -> Words:
    since = short_time(refusal.since, clock.today()) if refusal.since else ''
    had = _('{time}に受け取っています').format(time=since) if since else _('すでに受け取っています')
    until = short_time(refusal.until, clock.today()) if refusal.until else ''
    later = _('次に渡せるのは {time} からです').format(time=until) if until else ''
    following = _('列の次の方をタッチしてください')
    match refusal.answer:
        case Answer.IN_ALL:
            return Words('check', had, _('{item}は、決まった回数だけ渡す物です').format(item=item), following)
        case Answer.EXCLUSIVE:
            instead = _('きょうは「{other}」を{time}に受け取っています').format(other=other, time=since)
            return Words('check', instead, _('どちらか一方を渡す物です'), following)
        case Answer.PER_DAY:
            return Words('check', _('きょうの分は{time}に受け取っています').format(time=since), later, following)
    return Words('check', had, later, following)


def _of_allergies(refusal: Objection) -> Words:
    another = _('この物は渡さず、別の物を選ぶか、職員に声をかけてください')
    if refusal.answer is Answer.ALLERGENS_UNKNOWN:
        unknown = _('何が入っているかが登録されていません')
        return Words('hand', _('アレルギーのある方です'), unknown, another)
    contained = '、'.join(refusal.allergens)
    return Words(
        'hand', _('アレルギーのある方です'), _('{contained}が入っています').format(contained=contained), another
    )


def _of_people(refusal: Objection, item: str) -> Words:
    match refusal.answer:
        case Answer.NOT_PRESENT:
            title = _('いま、この避難所にいない方です')
            return Words('question', title, '', _('ここに来ていれば「ここに来た方として渡す」を押してください'))
        case Answer.NO_PROXY:
            title = _('ご本人に渡す物です')
            return Words('person', title, '', _('ご本人のカードをタッチしてください'))
    title = _('{item}の対象ではない方です').format(item=item)
    return Words('question', title, '', _('別の物を選ぶか、職員に声をかけてください'))
