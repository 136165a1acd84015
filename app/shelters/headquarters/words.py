"""What headquarters read about a shelter, on screens and on paper."""

from datetime import datetime

from app.language import _
from app.shelters.headquarters.attention import Concern, concerns_of
from app.shelters.headquarters.figures import ShelterFigures
from app.shelters.needs.words import standard_word

MINUTES_A_DAY = 1440


def concern_word(concern: Concern) -> str:
    """One matter in general."""
    return {
        Concern.HELP: _('緊急の応援'),
        Concern.BY_RESIDENTS: _('住民が開設、職員の引き継ぎ待ち'),
        Concern.OVERCROWDED: _('収容人数を超えている'),
        Concern.SHORT: _('足りない'),
        Concern.REPORT_LATE: _('状況報告が遅れている'),
        Concern.REQUEST: _('物資の要請が本部の判断待ち'),
        Concern.FULL: _('満員'),
        Concern.CROWDED: _('混雑'),
        Concern.NOBODY_COUNTED: _('人数が未確認'),
    }[concern]


def concern_words(figures: ShelterFigures, now: datetime) -> list[str]:
    """All that is the matter with one shelter, with its numbers."""
    found = []
    for concern in concerns_of(figures, now):
        word = concern_word(concern)
        match concern:
            case Concern.HELP:
                found.append(_('{what} {count}件').format(what=word, count=figures.calls))
            case Concern.REQUEST:
                found.append(_('{what} {count}件').format(what=word, count=figures.requests_to_decide))
            case Concern.SHORT:
                lacking = '、'.join(standard_word(standard) for standard in figures.short)
                found.append(_('{what}: {things}').format(what=word, things=lacking))
            case _:
                found.append(word)
    return found


def age_words(at: datetime | None, now: datetime) -> str:
    """So long ago; 未確認 where nothing was ever told."""
    if at is None:
        return _('未確認')
    minutes = max(0, int((now - at).total_seconds() // 60))
    if minutes < 1:
        return _('1分以内')
    if minutes < 60:
        return _('{count}分前').format(count=minutes)
    if minutes < MINUTES_A_DAY:
        return _('{hours}時間{minutes}分前').format(hours=minutes // 60, minutes=minutes % 60)
    return _('{count}日前').format(count=minutes // MINUTES_A_DAY)
