"""What the attendance desk says in each state: words, symbol, colour and sound, as plain values."""

from dataclasses import dataclass
from typing import assert_never

from app.attendance.screens import Answered, DeskView, Direction, Idle, Question, Refused, Renewal, RenewalStep
from app.language import _
from components.sound import Sound
from components.times import hour_and_minute
from pages.kiosk.refusal_words import refusal_words
from pages.kiosk.trouble_words import not_recording, reader_words, whom_words

MISSED_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen, ready to draw; empty words take no room."""

    layout: str
    """Which parts show: idle, answered, question, refused, renewal, number, reader, failure."""
    tone: str
    """The colour: idle, in, out, neutral, question, care, waiting, failure."""
    symbol: str
    number: int | None = None
    """The result this screen shows; the browser acknowledges it once."""
    part: str = ''
    """A result of several steps is heard at each of them."""
    sound: Sound = Sound.NONE
    name: str = ''
    answer: str = ''
    title: str = ''
    detail: str = ''
    next_step: str = ''
    whom: str = ''
    missed: str = ''


def screen_of(view: DeskView) -> Screen:
    """The most important thing to say now: no recording, then the person at the desk, then the reader."""
    if view.storage_failed:
        return _storage_failed(view)
    match view.screen:
        case Idle():
            return _idle(view) if view.reader == 'ready' else _reader(view)
        case Answered():
            return _answered(view.screen)
        case Question():
            return _question(view.screen)
        case Refused():
            return _refused(view.screen, view.whom_to_call)
        case Renewal():
            return _renewal(view.screen, view.whom_to_call)
    assert_never(view.screen)


def number_screen(renewal: Renewal, typed: str) -> Screen:
    """The screen around the number pad."""
    return Screen(
        layout='number',
        tone='waiting',
        symbol='person',
        number=renewal.number,
        part=renewal.step.value,
        title=_('職員番号を入れてください'),
        answer=typed or '–',
        detail=renewal.problem,
    )


def direction_word(direction: Direction) -> str:
    """出勤 or 退勤."""
    return _('出勤') if direction is Direction.IN else _('退勤')


def _idle(view: DeskView) -> Screen:
    detail = ''
    if view.choice is not None:
        detail = _('{direction}で記録します').format(direction=direction_word(view.choice))
    return Screen(
        layout='idle',
        tone='idle',
        symbol='tap',
        title=_('カードをタッチしてください'),
        detail=detail,
        missed=_missed(view.missed),
    )


def _missed(answers: tuple[Answered, ...]) -> str:
    if not answers:
        return ''
    lines = [_('通信が切れていた間のタッチも記録しました')]
    lines += [_missed_line(answer) for answer in answers[-MISSED_SHOWN:]]
    if len(answers) > MISSED_SHOWN:
        lines.append(_('ほか{count}件').format(count=len(answers) - MISSED_SHOWN))
    return '\n'.join(lines)


def _missed_line(answer: Answered) -> str:
    return f'{answer.surname} {hour_and_minute(answer.at)} {direction_word(answer.direction)}'


def _answered(answer: Answered) -> Screen:
    time, word = hour_and_minute(answer.at), direction_word(answer.direction)
    if answer.already:
        return Screen(
            layout='answered',
            tone='neutral',
            symbol='check',
            number=answer.number,
            sound=Sound.NEUTRAL,
            name=answer.surname,
            answer=_('記録済み {time}').format(time=time),
            detail=answer.notice or word,
        )
    return Screen(
        layout='answered',
        tone=answer.direction.value,
        symbol=answer.direction.value,
        number=answer.number,
        sound=Sound.IN if answer.direction is Direction.IN else Sound.OUT,
        name=answer.surname,
        answer=f'{time} {word}',
        detail=answer.notice,
    )


def _question(question: Question) -> Screen:
    return Screen(
        layout='question',
        tone='question',
        symbol='question',
        number=question.number,
        sound=Sound.NEUTRAL,
        name=question.surname,
        title=_('{time} に出勤しています。退勤しますか').format(time=hour_and_minute(question.in_at)),
        detail=_('どちらを押しても、タッチした {time} で記録します').format(time=hour_and_minute(question.tapped_at)),
    )


def _refused(refused: Refused, whom: str) -> Screen:
    words = refusal_words(refused.reason)
    return Screen(
        layout='refused',
        tone='care',
        symbol=words.symbol,
        number=refused.number,
        sound=Sound.PROBLEM,
        title=words.title,
        next_step=words.next_step,
        whom=whom_words(whom) if words.call else '',
    )


def _renewal(renewal: Renewal, whom: str) -> Screen:
    match renewal.step:
        case RenewalStep.OFFER:
            return Screen(
                layout='renewal',
                tone='question',
                symbol='card',
                number=renewal.number,
                part=renewal.step.value,
                sound=Sound.NEUTRAL,
                title=_('カードの電子証明書が新しくなったようです'),
                detail=_('識別記号の下4桁 {last_four}').format(last_four=renewal.last_four),
            )
        case RenewalStep.NUMBER:
            return number_screen(renewal, '')
        case RenewalStep.SUPERVISOR:
            return Screen(
                layout='renewal',
                tone='question',
                symbol='tap',
                number=renewal.number,
                part=renewal.step.value,
                sound=Sound.NEUTRAL,
                name=renewal.surname,
                title=_('所属長のカードをタッチしてください'),
                detail=renewal.problem,
            )
        case RenewalStep.DONE:
            return Screen(
                layout='renewal',
                tone='neutral',
                symbol='check',
                number=renewal.number,
                part=renewal.step.value,
                sound=Sound.NEUTRAL,
                name=renewal.surname,
                title=_('カードを登録し直しました'),
                detail=_('次からはいつもどおりタッチしてください'),
            )
        case RenewalStep.FAILED:
            return Screen(
                layout='renewal',
                tone='care',
                symbol='hand',
                number=renewal.number,
                part=renewal.step.value,
                sound=Sound.PROBLEM,
                title=_('登録し直せませんでした'),
                detail=renewal.problem,
                next_step=_('きょうは紙に記入してください'),
                whom=whom_words(whom),
            )
    assert_never(renewal.step)


def _reader(view: DeskView) -> Screen:
    words = reader_words(view.reader)
    return Screen(
        layout='reader',
        tone='waiting',
        symbol=words.symbol,
        title=words.title,
        detail=words.detail,
        next_step=words.next_step,
        whom=whom_words(view.whom_to_call) if words.call else '',
    )


def _storage_failed(view: DeskView) -> Screen:
    return Screen(
        layout='failure',
        tone='failure',
        symbol='paper',
        title=not_recording(),
        whom=whom_words(view.whom_to_call),
    )
