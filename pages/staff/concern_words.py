"""What the home page says about what needs a person."""

from dataclasses import dataclass

from app.attention import Concern, ConcernKind
from app.clock import ClockQuality
from app.exchange.concerns import ExchangeConcern
from app.language import _
from app.shelters.matters import ShelterMatter
from app.vehicles.matter_values import Matter
from components.times import day_and_time, day_with_weekday
from pages.staff.addresses import DISPOSAL, RESERVATIONS, SHELTER_REPORTS
from pages.staff.cars.matter_words import matter_words
from pages.staff.desk_words import device_state_words, reader_name, state_words
from pages.staff.exchange_words import exchange_words
from pages.staff.garoon_words import fault_next_step, fault_words
from pages.staff.shelters.matter_words import shelter_matter_words

Told = Concern | Matter | ExchangeConcern | ShelterMatter


@dataclass(frozen=True, slots=True)
class ConcernWords:
    """The matter, since or until when, the next step, and the page where it is done (empty: elsewhere)."""

    title: str
    when: str
    next_step: str
    address: str = ''


def concern_words(concern: Told) -> ConcernWords:
    """Words for one matter."""
    if isinstance(concern, ExchangeConcern):
        return ConcernWords(*exchange_words(concern))
    if isinstance(concern, ShelterMatter):
        return ConcernWords(*shelter_matter_words(concern))
    if isinstance(concern, Matter):
        return ConcernWords(*matter_words(concern))
    return _of_the_box(concern)


def _of_the_box(concern: Concern) -> ConcernWords:
    match concern.kind:
        case ConcernKind.READER | ConcernKind.DESK_WITHOUT_READER | ConcernKind.CHECKER:
            return _of_devices(concern)
        case ConcernKind.CLOCK:
            return ConcernWords(_clock_title(concern.state), _since(concern), _clock_next(), '')
        case ConcernKind.NO_DESK:
            next_step = _('窓口を追加し、タブレットを登録してください。')
            return ConcernWords(_('窓口がまだありません'), '', next_step, '/staff/desks')
        case ConcernKind.CERTIFICATES:
            return _certificates(concern)
        case ConcernKind.ROOT:
            title = _('信頼する認証局がまもなく終わります: {name}').format(name=concern.about)
            next_step = _('新しい認証局を含む版に更新してください。過ぎると、その認証局のカードは使えません。')
            return ConcernWords(title, _until(concern), next_step)
        case ConcernKind.GAROON:
            title = _('Garoonから予約を読み込めません: {fault}').format(fault=fault_words(concern.state))
            return ConcernWords(title, _since(concern), fault_next_step(concern.state), RESERVATIONS)
        case ConcernKind.FACILITIES:
            title = _('Garoonの施設と車両台帳が合わないものが {count} 件あります').format(count=concern.count)
            return ConcernWords(title, '', _('車両台帳の「施設」を確かめてください。'), RESERVATIONS)
        case ConcernKind.DRIVER_UNKNOWN:
            title = _('運転者が職員と結び付かない予約が、7日以内に {count} 件あります').format(count=concern.count)
            next_step = _('ログイン名と職員番号の対応表を取り込んでください。それまで、予約の車は自動で出ません。')
            return ConcernWords(title, '', next_step, RESERVATIONS)
        case ConcernKind.DISPOSAL:
            title = _('保存期間を過ぎた記録があります: {count}か月分').format(count=concern.count)
            return ConcernWords(title, '', _('廃棄リストを確かめ、承認するか、保留にしてください。'), DISPOSAL)
        case ConcernKind.REPORT_DUE:
            title = _('{shelter}: 状況報告の期限です') if concern.since else _('{shelter}: 状況報告を待っています')
            name = _('【訓練】{name}').format(name=concern.about) if concern.state else concern.about
            next_step = _('下書きを確かめ、署名してください。分からないことは「未確認」のままで構いません。')
            due = concern.since or concern.until
            when = _('期限 {at}').format(at=day_and_time(due)) if due else ''
            return ConcernWords(title.format(shelter=name), when, next_step, SHELTER_REPORTS)
        case ConcernKind.RESERVATION_GONE:
            title = _('{plate}: 貸出中に予約が取り消されました').format(plate=concern.about)
            return ConcernWords(title, _since(concern), _('運行記録はそのままです。予約した人に確かめてください。'))
        case ConcernKind.NO_BACKUP | ConcernKind.BACKUP_OLD | ConcernKind.BACKUP_READABLE:
            return _backups(concern)


def _of_devices(concern: Concern) -> ConcernWords:
    if concern.kind is ConcernKind.READER:
        state, next_step = state_words(concern.state)
        title = _('{desk}のカードリーダー: {state}').format(desk=concern.about, state=state)
        return ConcernWords(title, _since(concern), next_step, '/staff/desks')
    if concern.kind is ConcernKind.DESK_WITHOUT_READER:
        title = _('{desk}が動いていません').format(desk=concern.about)
        next_step = _('リーダー「{reader}」が使えません。窓口を外し、別のリーダーで追加してください。')
        return ConcernWords(title, '', next_step.format(reader=reader_name(concern.state)), '/staff/desks')
    title = _('{desk}のアルコール検知器: {state}').format(desk=concern.about, state=device_state_words(concern.state))
    next_step = _('使えるまでは、予備の検知器で測り、値を入力してください。')
    return ConcernWords(title, _since(concern), next_step, '/staff/desks')


def _backups(concern: Concern) -> ConcernWords:
    if concern.kind is ConcernKind.BACKUP_READABLE:
        next_step = _('machibako.toml の backup.recipients に公開鍵を設定してください。')
        return ConcernWords(_('バックアップを暗号化する鍵がありません'), '', next_step)
    next_step = _('本体で machibako backup を実行し、別の建物に置いてください。')
    if concern.kind is ConcernKind.NO_BACKUP:
        return ConcernWords(_('バックアップがまだありません'), '', next_step)
    title = _('最後のバックアップは {count} 日前です').format(count=concern.count)
    return ConcernWords(title, _since(concern), next_step)


def _certificates(concern: Concern) -> ConcernWords:
    title = _('電子証明書がまもなく切れるカードが {count} 枚あります').format(count=concern.count)
    next_step = _('本人には出勤・退勤のときに知らせています。更新したカードは登録し直してください。')
    return ConcernWords(title, _until(concern), next_step, '/staff/cards')


def _clock_title(state: str) -> str:
    if state == ClockQuality.UNKNOWN:
        return _('本体の時計が合っていません')
    return _('本体の時計が大きく動きました')


def _clock_next() -> str:
    return _('時刻を合わせてください。時刻サーバーと合えば、この表示は自動で消えます。')


def _since(concern: Concern) -> str:
    return _('{since} から').format(since=day_and_time(concern.since)) if concern.since else ''


def _until(concern: Concern) -> str:
    return _('{until} まで').format(until=day_with_weekday(concern.until.date())) if concern.until else ''
