"""`/point`: words and pictures to point at, for people who do not hear, or do not speak the language; fits A4."""

from dataclasses import dataclass

from fastapi import Request, Response
from nicegui import app

from app.language import _
from app.messages.languages import Language, speaking
from app.runtime import Condition
from components.plain_html import Html, tag
from pages.public.frame import language_of, open_to_all, public_page
from pages.public.pictures import picture

POINT = '/point'


@dataclass(frozen=True, slots=True)
class _Words:
    picture: str
    words: str


def register(condition: Condition) -> None:
    """Open the page."""
    open_to_all(POINT)

    @app.get(POINT, include_in_schema=False)
    def board(request: Request) -> Response:
        language = language_of(request)
        with speaking(Language.JAPANESE):
            japanese = [[each.words for each in group] for _title, group in _groups()]
        with speaking(language):
            shown = [
                _group(title, group, beside if language is not Language.JAPANESE else None)
                for (title, group), beside in zip(_groups(), japanese, strict=True)
            ]
            intro = tag('p', _('伝えたいものを、指でさしてください。'))
            return public_page(
                _('指さし会話'),
                language,
                intro,
                *shown,
                path=POINT,
                place=condition.settings.name,
                contact=condition.settings.contact.text,
            )


def _groups() -> list[tuple[str, list[_Words]]]:
    return [
        (
            _('答え'),
            [
                _Words('yes', _('はい')),
                _Words('no', _('いいえ')),
                _Words('write', _('書いてください')),
                _Words('wait', _('待ってください')),
            ],
        ),
        (
            _('体'),
            [
                _Words('pain', _('痛い')),
                _Words('sick', _('気分が悪い')),
                _Words('fever', _('熱がある')),
                _Words('medicine', _('薬がいる')),
                _Words('allergy', _('アレルギーがある')),
                _Words('baby', _('赤ちゃんがいる')),
                _Words('pregnant', _('妊娠している')),
                _Words('ambulance', _('救急車を呼んでください')),
            ],
        ),
        (
            _('ほしいもの'),
            [
                _Words('water', _('飲み水')),
                _Words('food', _('食べ物')),
                _Words('blanket', _('毛布')),
                _Words('clothes', _('服')),
                _Words('milk', _('ミルク')),
                _Words('diaper', _('おむつ')),
                _Words('sanitary', _('生理用品')),
                _Words('battery', _('充電')),
            ],
        ),
        (
            _('受付で'),
            [
                _Words('phone', _('QRコードを見せる')),
                _Words('card', _('カードを置く')),
                _Words('digits', _('自分で4桁の番号を押す')),
                _Words('write', _('名前を書く')),
                _Words('family', _('何人ですか')),
                _Words('back', _('戻りました')),
                _Words('out', _('少し出かける')),
                _Words('leave', _('ここを出る')),
            ],
        ),
        (
            _('場所'),
            [
                _Words('toilet', _('トイレ')),
                _Words('sleep', _('寝る場所')),
                _Words('reception', _('受付')),
                _Words('exit', _('出口')),
                _Words('search', _('人を探している')),
                _Words('interpreter', _('通訳がほしい')),
                _Words('sign', _('手話がほしい')),
                _Words('alone', _('静かな場所')),
            ],
        ),
    ]


def _group(title: str, group: list[_Words], beside: list[str] | None) -> Html:
    cells = [
        tag('li', picture(each.picture), tag('strong', each.words), *_beside(beside, index))
        for index, each in enumerate(group)
    ]
    return tag('section', tag('h2', title), tag('ul', *cells, class_='board'))


def _beside(beside: list[str] | None, index: int) -> list[Html]:
    return [tag('span', beside[index], lang='ja')] if beside else []
