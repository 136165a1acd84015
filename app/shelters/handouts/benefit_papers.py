"""Benefits on paper and as files: the list for payment, and the receipt that is signed."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app import clock
from app.clock import TOKYO
from app.documents.sheet import Column, Kind, Orientation, Row, Sheet
from app.language import _
from app.shelters.evacuees import EvacueeInfo
from app.shelters.handouts.benefit_values import BenefitInfo


def payment_sheet(
    benefits: Sequence[BenefitInfo], people: Mapping[UUID, EvacueeInfo], items: Mapping[UUID, str], source: str
) -> Sheet:
    """What is handed on for payment, one line for each application; of protected people only the account."""
    return Sheet(
        title=_('給付の支払い一覧'),
        made_at=clock.now(),
        source=source,
        columns=(
            Column('number', _('番号'), Kind.TEXT, 7),
            Column('name', _('氏名'), Kind.TEXT, 10),
            Column('kana', _('フリガナ'), Kind.TEXT, 10),
            Column('address', _('住所'), Kind.TEXT, 14),
            Column('item', _('給付'), Kind.TEXT, 10),
            Column('amount', _('金額(円)'), Kind.NUMBER, 6, total=True),
            Column('way', _('支払い方法'), Kind.TEXT, 5),
            Column('bank', _('銀行'), Kind.TEXT, 7),
            Column('branch', _('支店'), Kind.TEXT, 6),
            Column('account_kind', _('種別'), Kind.TEXT, 4),
            Column('account', _('口座番号'), Kind.TEXT, 5),
            Column('holder', _('名義'), Kind.TEXT, 10),
            Column('applied_at', _('申請'), Kind.DATETIME, 8),
            Column('decided_at', _('承認'), Kind.DATETIME, 8),
        ),
        rows=[_payment_row(benefit, people.get(benefit.evacuee), items) for benefit in benefits],
        orientation=Orientation.LANDSCAPE,
    )


def receipt_sheet(benefit: BenefitInfo, person: EvacueeInfo | None, item: str, shelter: str, source: str) -> Sheet:
    """受領書: who receives which sum, with a box for the signature."""
    payee = benefit.payee
    facts = (
        (_('番号'), person.number if person else ''),
        (_('氏名'), _name(person)),
        (_('給付'), item),
        (_('金額'), _('{amount}円').format(amount=f'{benefit.amount:,}')),
        (_('支払い方法'), _way(benefit)),
        (_('振込先'), ' '.join(part for part in (payee.bank, payee.branch, payee.account_kind, payee.number) if part)),
        (_('名義'), payee.holder),
        (_('受け付けた避難所'), shelter),
        (_('申請日'), benefit.applied_at.astimezone(TOKYO).date().isoformat()),
    )
    return Sheet(
        title=_('給付の受領書') + (_('【訓練】') if benefit.practice else ''),
        made_at=clock.now(),
        source=source,
        columns=(Column('label', _('項目'), Kind.TEXT, 10), Column('words', _('内容'))),
        rows=[{'label': label, 'words': words} for label, words in facts if words],
        notes=(_('上の金額を受け取りました。'),),
        signature_boxes=(_('受け取った方'), _('担当者')),
        code=person.number if person else '',
    )


def _payment_row(benefit: BenefitInfo, person: EvacueeInfo | None, items: Mapping[UUID, str]) -> Row:
    details = person.details if person and not person.details.protected else None
    payee = benefit.payee
    return {
        'number': person.number if person else '',
        'name': details.name if details else '',
        'kana': details.kana if details else '',
        'address': details.address if details else '',
        'item': items.get(benefit.item, ''),
        'amount': benefit.amount,
        'way': _way(benefit),
        'bank': payee.bank,
        'branch': payee.branch,
        'account_kind': payee.account_kind,
        'account': payee.number,
        'holder': payee.holder,
        'applied_at': benefit.applied_at,
        'decided_at': benefit.decided_at,
    }


def _way(benefit: BenefitInfo) -> str:
    return _('口座振込') if benefit.payee.is_account else _('窓口払い')


def _name(person: EvacueeInfo | None) -> str:
    return person.details.name if person and not person.details.protected else ''
