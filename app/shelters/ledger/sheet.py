"""The ledger as a sheet, for XLSX and CSV; the columns are those of 災害対策基本法 90条の3第2項 and its order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.documents.cells import office_number
from app.documents.sheet import Column, Kind, Row, Sheet
from app.language import _
from app.shelters.ledger.entries import Aid, LedgerEntry
from app.shelters.values import LeftFor, Need, Place, Sex, StayState, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerWords:
    """How the house says what it knows; given by the pages."""

    sexes: Mapping[Sex, str]
    needs: Mapping[Need, str]
    urgencies: Mapping[Urgency, str]
    places: Mapping[Place, str]
    states: Mapping[StayState, str]
    left_for: Mapping[LeftFor, str]


def ledger_sheet(
    entries: Sequence[LedgerEntry], words: LedgerWords, *, made_at: datetime, source: str, practice: bool
) -> Sheet:
    """One row for each person; 罹災証明 and what only the office of certificates knows stays empty."""
    title = _('被災者台帳')
    return Sheet(
        title=_('【訓練】{title}').format(title=title) if practice else title,
        made_at=made_at,
        source=source,
        columns=_columns(),
        rows=[_row(entry, words) for entry in entries],
        notes=(
            _(
                '避難所で聞き取った内容です。住民基本台帳と照らして確かめてください。空欄は「聞いていない」で、「なし」ではありません。'
            ),
        ),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column('number', _('避難者番号')),
        Column('name', _('氏名')),
        Column('kana', _('フリガナ')),
        Column('birth_date', _('生年月日'), Kind.DATE),
        Column('sex', _('性別')),
        Column('address', _('住所')),
        Column('whereabouts', _('居所')),
        Column('stay', _('滞在の状況')),
        Column('phone', _('電話番号')),
        Column('contact', _('そのほかの連絡先')),
        Column('household', _('世帯(代表の避難者番号)')),
        Column('relation', _('続柄')),
        Column('household_size', _('世帯の人数(登録した人)'), Kind.NUMBER),
        Column('damage', _('住家の被害(申し出)')),
        Column('injury', _('けが・病気など')),
        Column('aid', _('援護の実施の状況')),
        Column('is_vulnerable', _('要配慮者'), Kind.YES_NO, yes=_('該当'), no=''),
        Column('why_vulnerable', _('要配慮者の事由')),
        Column('nationality', _('国籍')),
        Column('certificate', _('罹災証明書の交付')),
        Column('consent', _('親族などからの照会への回答')),
    )


def _row(entry: LedgerEntry, words: LedgerWords) -> Row:
    details = entry.details
    reasons = [words.needs[need] for need in Need if need in details.needs]
    reasons += [words.urgencies[urgency] for urgency in Urgency if urgency in details.urgencies]
    damage = dict.fromkeys(told for told in (details.home_damage, entry.dwelling_damage) if told)
    injury = dict.fromkeys(told for told in (details.injury, details.condition) if told)
    return {
        'number': entry.number,
        'name': details.name,
        'kana': details.kana,
        'birth_date': details.birth_date,
        'sex': words.sexes[details.sex] if details.sex else '',
        'address': ' '.join(part for part in (details.postal_code, details.address) if part),
        'whereabouts': _whereabouts(entry, words),
        'stay': _stay(entry, words),
        'phone': details.phone,
        'contact': details.contact,
        'household': entry.household,
        'relation': details.relation,
        'household_size': entry.household_size if entry.household else None,
        'damage': '、'.join(damage),
        'injury': '、'.join(injury),
        'aid': '、'.join(map(_aid_words, entry.aid)),
        'is_vulnerable': bool(reasons),
        'why_vulnerable': '、'.join(reasons),
        'nationality': details.nationality,
        'certificate': '',
        'consent': _consent(details.consent.relatives),
    }


def _whereabouts(entry: LedgerEntry, words: LedgerWords) -> str:
    if entry.state is StayState.LEFT or entry.place is None:
        return ''
    if entry.place is Place.SHELTER:
        return ' '.join(part for part in (entry.shelter, entry.shelter_address) if part)
    return _('{place}(担当 {shelter})').format(place=words.places[entry.place], shelter=entry.shelter)


def _stay(entry: LedgerEntry, words: LedgerWords) -> str:
    if entry.state is None:
        return ''
    if entry.state is StayState.LEFT:
        where = words.left_for[entry.left_for] if entry.left_for else ''
        parts = (words.states[entry.state], entry.left_at.date().isoformat() if entry.left_at else '', where)
        return ' '.join(part for part in parts if part)
    return words.states[entry.state]


def _aid_words(aid: Aid) -> str:
    return f'{aid.name} {office_number(Decimal(aid.quantity))}{aid.unit}'


def _consent(answer: bool | None) -> str:
    return {True: _('同意'), False: _('不同意'), None: ''}[answer]
