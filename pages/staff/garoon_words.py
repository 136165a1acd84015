"""What people read about the connection to Garoon."""

from app.language import _
from app.vehicles.garoon_polling import GaroonFault, GaroonState


def state_words(state: GaroonState) -> str:
    """How Garoon is."""
    words = {
        GaroonState.OFF: _('接続の設定はありません(CSV・Excelで取り込みます)'),
        GaroonState.STARTING: _('問い合わせています'),
        GaroonState.OK: _('つながっています'),
        GaroonState.AWAY: _('つながりません'),
    }
    return words[state]


def fault_words(fault: str) -> str:
    """Why no reservations come."""
    words = {
        GaroonFault.ADDRESS: _('アドレスの設定が正しくありません'),
        GaroonFault.CERTIFICATE: _('クライアント証明書を読めません'),
        GaroonFault.SIGN_IN: _('ログインできません'),
        GaroonFault.FORBIDDEN: _('閲覧する権限がありません'),
        GaroonFault.BUSY: _('混み合っています'),
        GaroonFault.SERVER: _('Garoonの中で問題が起きています'),
        GaroonFault.ANSWER: _('返事を読み取れません'),
        GaroonFault.UNREACHABLE: _('返事がありません'),
        GaroonFault.NOT_KEPT: _('読み込んだ予約を記録できません'),
    }
    return words[GaroonFault(fault)]


def fault_next_step(fault: str) -> str:
    """What to do about it; the desks go on with the reservations they have."""
    words = {
        GaroonFault.ADDRESS: _('machibako.toml の garoon.base_url を確かめ、本体を再起動してください。'),
        GaroonFault.CERTIFICATE: _(
            'machibako.toml の garoon.client_certificate_file とパスワードを確かめ、本体を再起動してください。'
        ),
        GaroonFault.SIGN_IN: _(
            '専用の利用者のパスワードと、2段階認証がないことを確かめてください。OAuthのときは、更新用トークンを作り直してください。'
        ),
        GaroonFault.FORBIDDEN: _('専用の利用者に、共用車の施設グループの閲覧権限を付けてください。'),
        GaroonFault.NOT_KEPT: _('本体のディスクの空きを確かめてください。'),
    }
    waiting = _(
        '前に読み込んだ予約で貸出を続けられます。つながれば自動で追いつきます。続くときはネットワークの担当へ。'
    )
    return words.get(GaroonFault(fault), waiting)
