"""What every kind of line of the journal is called in the words of the office."""

from app.language import _
from pages.staff.cars.act_words import car_kinds
from pages.staff.messages.words import message_kinds
from pages.staff.shelters.across_acts import across_kinds
from pages.staff.shelters.ending_acts import ending_kinds
from pages.staff.shelters.handout_acts import handout_kinds
from pages.staff.shelters.headquarters_acts import headquarters_kinds
from pages.staff.shelters.inquiry_acts import inquiry_kinds
from pages.staff.shelters.need_acts import need_kinds
from pages.staff.shelters.people_acts import people_kinds


def kinds() -> dict[str, str]:
    """Every kind of act that this version writes, in the words of the office."""
    return (
        _attendance()
        | _people()
        | _desks()
        | _access()
        | _box()
        | _files()
        | car_kinds()
        | message_kinds()
        | inquiry_kinds()
        | people_kinds()
        | need_kinds()
        | handout_kinds()
        | headquarters_kinds()
        | ending_kinds()
        | across_kinds()
    )


def kind_words(kind: str) -> str:
    """One kind; one that another version wrote is shown by its name."""
    return kinds().get(kind, kind)


def refused_words(kind: str) -> str:
    """What was refused."""
    return {
        'access.sign_in_refused': _('サインインできなかった'),
        'access.request_refused': _('ページを開けなかった'),
        'access.socket_refused': _('画面の操作を受け付けなかった'),
        'access.enrolment_refused': _('端末の登録コードが使えなかった'),
        'access.setup_refused': _('初期設定コードが使えなかった'),
        'messages.line_refused': _('LINEのものと確かめられない知らせ'),
    }.get(kind, kind)


def _files() -> dict[str, str]:
    return {
        'files.kept': _('写真を保存'),
        'files.opened': _('写真を見た'),
        'files.given': _('写真を本人の記録に付けた'),
        'disposal.approved': _('廃棄を承認'),
        'disposal.finished': _('廃棄を終えた'),
        'disposal.key_erased': _('記録を読む鍵を消した'),
        'disposal.held': _('廃棄を保留にした'),
        'disposal.released': _('廃棄の保留を終えた'),
    }


def _attendance() -> dict[str, str]:
    return {
        'attendance.punched': _('出勤・退勤を記録'),
        'attendance.asked': _('出勤か退勤かを確認'),
        'attendance.time_repaired': _('記録の時刻を計算し直した'),
    }


def _people() -> dict[str, str]:
    return {
        'people.staff_added': _('職員を追加'),
        'people.staff_changed': _('職員を変更'),
        'people.card_linked': _('カードを登録'),
        'people.card_ended': _('カードの登録を終えた'),
    }


def _desks() -> dict[str, str]:
    return {
        'desks.added': _('窓口を追加'),
        'desks.changed': _('窓口の機器を変更'),
        'desks.removed': _('窓口を外した'),
        'desks.practice_begun': _('窓口の練習を始めた'),
        'desks.practice_ended': _('窓口の練習を終えた'),
        'access.enrolment_code_issued': _('端末の登録コードを発行'),
        'access.tablet_enrolled': _('端末を登録'),
        'access.tablet_revoked': _('端末の登録を取り消し'),
    }


def _access() -> dict[str, str]:
    return {
        'access.signed_in': _('サインイン'),
        'access.signed_out': _('サインアウト'),
        'access.signed_out_everywhere': _('すべての場所からサインアウト'),
        'access.account_created': _('アカウントを作成'),
        'access.account_disabled': _('アカウントを停止'),
        'access.account_enabled': _('アカウントを再開'),
        'access.role_granted': _('役割を付与'),
        'access.role_withdrawn': _('役割を解除'),
        'access.password_changed': _('パスワードを変更'),
        'access.password_reset': _('仮のパスワードを発行'),
        'access.api_token_created': _('トークンを発行'),
        'access.api_token_revoked': _('トークンを取り消し'),
    }


def _box() -> dict[str, str]:
    return {
        'journal.read': _('記録簿を閲覧'),
        'journal.epoch_started': _('本体の記録を開始'),
        'storage.backup_started': _('バックアップを開始'),
        'storage.backup_made': _('バックアップを作成'),
        'box.clock_changed': _('時計の状態が変わった'),
        'box.demonstration_begun': _('デモを開始'),
    }
