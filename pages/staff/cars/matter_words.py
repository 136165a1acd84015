"""What the home page says about the car pool."""

from app import clock
from app.language import _
from app.vehicles.date_matters import NEEDED_DAYS
from app.vehicles.matter_values import Matter, MatterKind
from components.times import day_and_time, day_with_weekday
from pages.staff.addresses import ALCOHOL, CARS, CHECKERS, DRIVERS, RECORD_CHECKS
from pages.staff.cars.words import field_words


def matter_words(matter: Matter) -> tuple[str, str, str, str]:
    """The matter, since or until when, the next step, and the page where it is done."""
    title, next_step, address = _words(matter)
    return title, _when(matter), next_step, address


def _words(matter: Matter) -> tuple[str, str, str]:
    about = _about(matter)
    match matter.kind:
        case MatterKind.CAR_DATE:
            label = field_words()[matter.field]
            words = _('{label}が過ぎた車: {about}') if _is_over(matter) else _('{label}が近い車: {about}')
            next_step = _('過ぎた車は貸し出せません。更新したら台帳の日付を新しくしてください。')
            return words.format(label=label, about=about), next_step, CARS
        case MatterKind.CAR_DATE_MISSING:
            title = _('{label}が未入力の車: {about}').format(label=field_words()[matter.field], about=about)
            if matter.field not in NEEDED_DAYS:
                return title, _('入力するまで、期限を過ぎても気付けません。車両台帳で入力してください。'), CARS
            return title, _('入力するまで貸し出せません。車両台帳で入力してください。'), CARS
        case MatterKind.LICENCE:
            words = _('免許証の有効期限が過ぎた運転者 {count}人')
            title = (words if _is_over(matter) else _('免許証の有効期限が近い運転者 {count}人')).format(
                count=matter.count
            )
            return title, _('更新した免許証を確認し、記録してください。'), DRIVERS
        case MatterKind.CHECKER_ENDS:
            title = _('使えなくなる検知器: {about}').format(about=about)
            return title, _('代わりの検知器を用意し、登録してください。'), CHECKERS
        case MatterKind.CHECKER_TEST:
            title = _('動作確認が必要な検知器: {about}').format(about=about)
            return title, _('7日ごとに確かめます。確かめるまで、この検知器だけでは貸し出せません。'), CHECKERS
        case MatterKind.NO_CHECKER:
            title = _('使えるアルコール検知器がありません: {about}').format(about=about)
            return title, _('登録するまで貸し出せません。有効な検知器を登録してください。'), CHECKERS
        case MatterKind.CHECKER_REFUSED:
            title = _('登録のない、または期限を過ぎた検知器の値が届きました: {about}').format(about=about)
            return title, _('窓口の検知器の製造番号を確かめ、登録するか、取り替えてください。'), CHECKERS
        case MatterKind.POSITIVE:
            title = _('指示待ちの酒気帯び確認 {count}件').format(count=matter.count)
            return title, _('安全運転管理者が指示事項を書いてください。'), ALCOHOL
        case MatterKind.OVERDUE:
            title = _('返却予定を過ぎた車: {about}').format(about=about)
            return title, _('運転者に連絡し、返却を入力してください。'), RECORD_CHECKS
        case MatterKind.LENT_TWICE:
            title = _('両方の守衛室で貸し出された車: {about}').format(about=about)
            next_step = _(
                '両方で鍵を確かめ、違うほうを返却か訂正し、何を確かめたかを「確認が必要な記録」に書いてください。'
            )
            return title, next_step, _records_since(matter)
        case MatterKind.RECORD:
            title = _('確認が必要な運行記録 {count}件').format(count=matter.count)
            return title, _('訂正するか、確かめたことを書いてください。'), RECORD_CHECKS


def _records_since(matter: Matter) -> str:
    return f'{RECORD_CHECKS}?first={matter.since.date()}' if matter.since else RECORD_CHECKS


def _about(matter: Matter) -> str:
    named = matter.about.count('、') + 1
    if matter.count <= named:
        return matter.about
    return _('{names} ほか{count}').format(names=matter.about, count=matter.count - named)


def _is_over(matter: Matter) -> bool:
    return matter.until is not None and matter.until < clock.today()


def _when(matter: Matter) -> str:
    if matter.since is not None:
        return _('{since} から').format(since=day_and_time(matter.since))
    if matter.until is None:
        return ''
    if _is_over(matter):
        return _('{day} に終わりました').format(day=day_with_weekday(matter.until))
    left = (matter.until - clock.today()).days
    return _('{day} まで(あと{days}日)').format(day=day_with_weekday(matter.until), days=left)
