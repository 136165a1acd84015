"""People whom somebody asks for."""

from dataclasses import replace
from datetime import date

from app.shelters.details import Consent, PersonDetails
from app.shelters.inquiries.values import Identity, Question, Relation, Sought
from app.shelters.values import Sex

ALL_CONSENTS = Consent(relatives=True, acquaintances=True, public=True)
HANAKO = PersonDetails(
    name='金沢 花子',
    kana='カナザワ ハナコ',
    birth_date=date(1946, 3, 1),
    sex=Sex.FEMALE,
    address='石川県金沢市広坂1丁目1番1号',
    injury='右手の打撲',
    condition='落ち着いている',
    phone='076-000-0000',
    consent=ALL_CONSENTS,
)
PROTECTED = replace(HANAKO, protected=True)
WITHHELD = replace(HANAKO, consent=Consent())
OTHERS = (
    PersonDetails(name='髙田 一', kana='タカタ ハジメ', birth_date=date(1980, 5, 5), address='金沢市泉野町3-2'),
    PersonDetails(name='中村 ゆり', kana='ナカムラ ユリ', address='金沢市広坂1-1-1', consent=ALL_CONSENTS),
)
SOUGHT = Sought(name='金沢花子', birth_date=date(1946, 3, 1), address='金沢市広坂1-1-1')
QUESTION = Question(
    inquirer_name='加賀 太郎',
    inquirer_address='富山市新桜町7-38',
    identity=Identity.LICENCE,
    relation=Relation.HOUSEHOLD,
    reason='連絡が取れない',
    sought=SOUGHT,
)
