"""Benefits on paper and as files: what they say, and what they keep to themselves."""

from dataclasses import replace
from uuid import uuid4

from app.runtime import Box
from app.shelters.handouts.benefit_papers import payment_sheet, receipt_sheet
from app.shelters.handouts.benefit_values import Application, BenefitInfo, Payee
from app.shelters.handouts.values import ItemEntry, ItemKind, ItemRules
from tests.app.shelters.handouts.handing_room import handing
from tests.support.shelter import HANAKO, OFFICER, register

ACCOUNT = Payee(bank='北陸銀行', branch='本店', account_kind='普通', number='0012345', holder='カナザワ ハナコ')


async def applied(box: Box, *, protected: bool, payee: Payee = ACCOUNT) -> BenefitInfo:
    room = await handing(box)
    rules = ItemRules(kind=ItemKind.BENEFIT)
    money = await box.shelters.handouts.items.save(
        uuid4(), ItemEntry(name='見舞金', rules=rules, amount=50_000), OFFICER
    )
    person = (await register(box, room.shelter, replace(HANAKO, protected=protected))).evacuee.id
    application = Application(item=money.id, evacuee=person, shelter=room.shelter.id, payee=payee)
    return await box.shelters.handouts.benefits.apply(application, OFFICER)


async def test_a_payment_has_all_that_a_bank_needs(box: Box) -> None:
    benefit = await applied(box, protected=False)
    person = await box.shelters.evacuees.get(benefit.evacuee)
    assert person is not None
    sheet = payment_sheet([benefit], {person.id: person}, {benefit.item: '見舞金'}, 'box')
    (row,) = sheet.rows
    assert (row['name'], row['item'], row['amount'], row['way']) == (HANAKO.name, '見舞金', 50_000, '口座振込')
    assert (row['bank'], row['account'], row['holder']) == ('北陸銀行', '0012345', 'カナザワ ハナコ')
    assert (await box.documents.render_xlsx([sheet])).startswith(b'PK')


async def test_of_a_protected_person_a_payment_has_the_account_alone(box: Box) -> None:
    benefit = await applied(box, protected=True)
    person = await box.shelters.evacuees.get(benefit.evacuee)
    assert person is not None
    (row,) = payment_sheet([benefit], {person.id: person}, {}, 'box').rows
    assert (row['number'], row['name'], row['kana'], row['address']) == (person.number, '', '', '')
    receipt = receipt_sheet(benefit, person, '見舞金', '泉小学校', 'box')
    assert HANAKO.name not in str(list(receipt.rows))


async def test_who_has_no_account_is_paid_at_a_counter_and_signs(box: Box) -> None:
    benefit = await applied(box, protected=False, payee=Payee())
    person = await box.shelters.evacuees.get(benefit.evacuee)
    receipt = receipt_sheet(benefit, person, '見舞金', '泉小学校', 'box')
    words = {row['label']: row['words'] for row in receipt.rows}
    assert (words['支払い方法'], words['金額'], '振込先' in words) == ('窓口払い', '50,000円', False)
    assert receipt.signature_boxes == ('受け取った方', '担当者')
