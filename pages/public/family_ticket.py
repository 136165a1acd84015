"""What a family shows at the desk, and what it may add while it waits."""

import segno

from app.language import _
from app.shelters.family_values import Family, Ticket
from components.plain_html import Html, tag


def code_of(ticket: Ticket) -> Html:
    """The QR, and the number beside it."""
    drawn = segno.make_qr(ticket.code, error='m').svg_inline(scale=6, border=4, omitsize=True)
    spoken = f'{ticket.number[:3]} {ticket.number[3:]}'
    return tag(
        'div',
        tag('div', Html(drawn), class_='qr', role='img', aria_label=_('受付で読み取るQRコード')),
        tag('p', _('QRコードが読めないときは、この番号を伝えてください。')),
        tag('p', spoken, class_='code'),
    )


def members_of(path: str, family: Family) -> Html:
    """Each of them, with the way to their details."""
    rows = [
        tag('li', tag('span', each.name), tag('a', _('くわしく書く'), href=f'{path}/person/{number}', aria_label=words))
        for number, each in enumerate(family.members, start=1)
        for words in [_('{name}: くわしく書く').format(name=each.name)]
    ]
    more = tag('li', tag('a', _('人を増やす'), href=f'{path}/more'))
    shared = tag('li', tag('a', _('家族みんなのこと(住所、車、ペット)'), href=f'{path}/household'))
    return tag('ul', *rows, more, shared, class_='list')
