"""What the home page says about shelters that need a person."""

from app.language import _
from app.shelters.matters import ShelterMatter, ShelterMatterKind
from components.times import day_and_time
from pages.staff.addresses import EVACUEES, INQUIRIES, SHELTER_ACROSS, SHELTER_ENDING, VULNERABLE
from pages.staff.shelters.handouts_frame import BENEFITS, REQUESTS, STOCK

OF_HANDING_OUT = frozenset(
    {
        ShelterMatterKind.STOCK_EMPTY,
        ShelterMatterKind.STOCK_EXPIRING,
        ShelterMatterKind.REQUEST_DRAFTS,
        ShelterMatterKind.REQUESTS_SENT,
        ShelterMatterKind.BENEFITS,
    }
)


def shelter_matter_words(matter: ShelterMatter) -> tuple[str, str, str, str]:
    """The matter, since when, the next step and where."""
    if matter.kind is ShelterMatterKind.INQUIRIES:
        title = _('同じ氏名への安否照会が別々の人から続いています: {count}件').format(count=matter.count)
        when = _('{since} まで').format(since=day_and_time(matter.since)) if matter.since else ''
        return title, when, _('照会の理由と本人確認を、もう一度確かめてください。'), INQUIRIES
    if matter.kind is ShelterMatterKind.RESCUE:
        title = _('救助が必要な避難行動要支援者がいます: {count}人').format(count=matter.count)
        return title, '', _('119番への通報と本部への連絡を確かめてください。'), VULNERABLE
    if matter.kind is ShelterMatterKind.ENDING:
        when = _('{since} に書き出し').format(since=day_and_time(matter.since)) if matter.since else ''
        step = _('別の人が、書き出したファイルを手元に置いて承認してください。')
        return _('避難者の匿名化が2人目を待っています'), when, step, SHELTER_ENDING
    mark = _('【訓練】') if matter.practice else ''
    if matter.kind in OF_HANDING_OUT:
        title, next_step, path = _of_handing_out(matter)
        since = _('{since} から').format(since=day_and_time(matter.since)) if matter.since else ''
        return f'{mark}{title}', since, next_step, path
    if matter.kind is ShelterMatterKind.ELSEWHERE:
        since = _('{since} から').format(since=day_and_time(matter.since)) if matter.since else ''
        title = _('他の避難所で受付されました: {count}人').format(count=matter.count)
        step = _('ここにもういないと確かめたら、退所にしてください。')
        return f'{mark}{title}', since, step, SHELTER_ACROSS
    address = f'/staff/shelters/{matter.shelter}'
    if matter.kind is ShelterMatterKind.CHILDREN_ALONE:
        title = _('{name}: 保護者のいない子どもが{count}人います').format(name=matter.name, count=matter.count)
        step = _('一人にせず、引き取る方を確かめて記録してください。')
        return f'{mark}{title}', '', step, f'{EVACUEES}?shelter={matter.shelter}&flag=unaccompanied'
    if matter.kind is ShelterMatterKind.FULL:
        title = _('{name}: 受け入れられる人数に達しています({count}人)').format(name=matter.name, count=matter.count)
        return f'{mark}{title}', '', _('空きを確かめ、入れないときは「満員」にしてください。'), address
    if matter.kind is ShelterMatterKind.BY_RESIDENTS:
        since = _('{since} から').format(since=day_and_time(matter.since)) if matter.since else ''
        title = _('住民が開設した避難所: {name}').format(name=matter.name)
        return f'{mark}{title}', since, _('職員が着いたら、引き継いでください。'), address
    title = _('新しい開設コードがまだ鍵の箱にありません: {name}').format(name=matter.name)
    return f'{mark}{title}', '', _('紙を封筒に入れて鍵の箱に戻し、「鍵の箱に入れた」を押してください。'), address


def _of_handing_out(matter: ShelterMatter) -> tuple[str, str, str]:
    stock = f'{STOCK}?shelter={matter.shelter}'
    match matter.kind:
        case ShelterMatterKind.STOCK_EMPTY:
            title = _('{name}: 在庫がなくなった物が{count}品あります').format(name=matter.name, count=matter.count)
            return title, _('数え直すか、本部へ要請してください。'), stock
        case ShelterMatterKind.STOCK_EXPIRING:
            title = _('{name}: まもなく期限の物が{count}品あります').format(name=matter.name, count=matter.count)
            return title, _('先に配るか、期限を過ぎた物を分けてください。'), stock
        case ShelterMatterKind.REQUEST_DRAFTS:
            title = _('まだ送っていない要請があります: {count}件').format(count=matter.count)
            return title, _('数を確かめ、本部へ送ってください。'), REQUESTS
        case ShelterMatterKind.REQUESTS_SENT:
            title = _('避難所からの要請が答えを待っています: {count}件').format(count=matter.count)
            return title, _('承認するか、見送る理由を伝えてください。'), REQUESTS
    title = _('給付の申請が判断を待っています: {count}件').format(count=matter.count)
    return title, _('確認書類を見て、承認するか見送ってください。'), BENEFITS
