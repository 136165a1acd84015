"""The answer to an inquiry on paper (安否情報回答書)."""

from app import clock
from app.documents.sheet import Column, Kind, Sheet
from app.language import _
from app.shelters.inquiries.values import InquiryInfo
from app.shelters.inquiries.words import answer_lines, relation_words


def answer_sheet(info: InquiryInfo, source: str) -> Sheet:
    """Who asked about whom, and what is answered; the same for whatever may not be told."""
    question, sought = info.question, info.question.sought
    asked = [
        (_('照会した人'), question.inquirer_name),
        (_('照会した人の住所'), question.inquirer_address),
        (_('続柄など'), relation_words()[question.relation]),
        (_('お尋ねの方'), sought.name or sought.kana),
    ]
    answers = [(_('回答') if place == 0 else '', line) for place, line in enumerate(answer_lines(info.answer))]
    return Sheet(
        title=_('安否情報の照会への回答') + (_('【訓練】') if info.practice else ''),
        made_at=clock.now(),
        source=source,
        columns=(Column('label', _('項目'), Kind.TEXT, 10), Column('words', _('内容'))),
        rows=[{'label': label, 'words': words} for label, words in (*asked, *answers)],
        notes=(_('照会を受け付けた時点の情報です。ほかの人へ伝えないでください。'),),
        signature_boxes=(_('回答者'),),
    )
