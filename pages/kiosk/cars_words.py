"""What the car desk says: states of cars, reasons why a key stays, and what went wrong, as plain values."""

from app.desks.refusals import Refusal
from app.language import _
from app.vehicles.alcohol_values import Method
from app.vehicles.board import CarState
from app.vehicles.gates import Gate
from app.vehicles.ledger import CarType
from app.vehicles.screens import Problem
from pages.kiosk.refusal_words import RefusalWords as Words
from pages.kiosk.refusal_words import refusal_words


def state_words() -> dict[CarState, str]:
    """Where a car stands, in the order in which a guard looks for it."""
    return {
        CarState.OVERDUE: _('予定超過'),
        CarState.FREE: _('空き'),
        CarState.RESERVED: _('予約あり'),
        CarState.OUT: _('貸出中'),
        CarState.DISASTER: _('災害用'),
        CarState.BLOCKED: _('使用停止'),
    }


def type_words() -> dict[CarType, str]:
    """Types of cars."""
    return {
        CarType.KEI: _('軽乗用'),
        CarType.KEI_CARGO: _('軽貨物'),
        CarType.ORDINARY: _('普通車'),
        CarType.WAGON: _('ワゴン'),
        CarType.CARGO: _('貨物車'),
        CarType.TRUCK: _('トラック'),
        CarType.BUS: _('バス'),
    }


def method_words(*, from_elsewhere: bool = False) -> dict[Method, str]:
    """確認の方法 of the record book; who is elsewhere confirms nothing face to face."""
    there = {Method.TELEPHONE: _('電話'), Method.VIDEO: _('映像')}
    return there if from_elsewhere else {Method.FACE_TO_FACE: _('対面'), **there}


def gate_words(gate: Gate) -> tuple[str, str]:
    """Why the key stays in the box, and what to do; nobody is blamed."""
    return (_of_car() | _of_driver() | _of_breath())[gate]


def problem_words(problem: Problem | Refusal) -> Words:
    """Why a tap or a press did not lead on, and what to do."""
    if isinstance(problem, Refusal):
        return _of_card().get(problem) or refusal_words(problem)
    return (_of_lending() | _of_keys() | _of_entry() | _of_recording())[problem]


def _of_car() -> dict[Gate, tuple[str, str]]:
    manager = _('別の車を選び、車両担当へお知らせください')
    return {
        Gate.INSPECTION: (_('車検の有効期間が過ぎているか、登録されていません'), manager),
        Gate.COMPULSORY_INSURANCE: (_('自賠責保険の期間が過ぎているか、登録されていません'), manager),
        Gate.VOLUNTARY_INSURANCE: (_('任意保険の期間が過ぎています'), manager),
        Gate.PERIODIC_CHECK: (_('定期点検の時期が過ぎています'), manager),
        Gate.CAR_OUT: (_('この車は貸出中です'), _('別の車を選んでください')),
        Gate.CAR_BLOCKED: (_('この車は使用を止めています'), _('別の車を選んでください')),
        Gate.FOR_DISASTERS: (_('この車は災害対応のために空けています'), _('別の車を選んでください')),
        Gate.WINTER_TYRES: (_('冬用タイヤに替えていません'), manager),
        Gate.LOW_CHARGE: (_('電池の残りが足りません'), _('充電するか、別の車を選んでください')),
    }


def _of_driver() -> dict[Gate, tuple[str, str]]:
    show = _('車両担当に運転免許証を見せ、登録を受けてください')
    return {
        Gate.LICENCE_UNSEEN: (_('運転免許証をまだ確認していません'), show),
        Gate.LICENCE_EXPIRED: (_('登録した運転免許証の有効期間が過ぎています'), show),
        Gate.LICENCE_CLASS: (_('この車に必要な免許の種類が登録されていません'), _('運転できる車を選んでください')),
        Gate.EARLIER_TRIP_OPEN: (_('前に借りた車の返却がまだです'), _('先に返却の手続きをしてください')),
    }


def _of_breath() -> dict[Gate, tuple[str, str]]:
    return {
        Gate.ALCOHOL_UNCHECKED: (_('アルコールの確認がまだです'), _('検知器で測ってください')),
        Gate.ALCOHOL_POSITIVE: (_('アルコールの確認が終わっていません'), _('守衛へお声がけください')),
        Gate.INSTRUCTION_AWAITED: (_('安全運転管理者の指示事項を待っています'), _('守衛へお声がけください')),
        Gate.CHECKER_EXPIRED: (
            _('使えるアルコール検知器が登録されていません'),
            _('有効な検知器に替え、安全運転管理者へ連絡してください'),
        ),
        Gate.CHECKER_UNTESTED: (
            _('検知器の動作確認から1週間たっています'),
            _('動作確認を行い、安全運転管理者へ連絡してください'),
        ),
    }


def _of_card() -> dict[Refusal, Words]:
    """Where a car desk has other paper than an attendance desk."""
    ask_for_link = _('紙の貸出簿に記入し、カードの登録を申し出てください')
    paper = _('紙の貸出簿に記入し、下へ連絡してください')
    return {
        Refusal.UNKNOWN_CARD: Words('card', _('登録のないカードです'), ask_for_link, call=True),
        Refusal.PIN_REQUIRED: Words('card', _('暗証番号での登録が必要なカードです'), ask_for_link, call=True),
        Refusal.RETIRED: Words('card', _('いまは使われていないカードです'), paper, call=True),
        Refusal.PHONE_TOKEN: Words('phone', _('スマートフォンでは手続きできません'), _('カードをタッチしてください')),
        Refusal.RANDOM_UID: Words(
            'card', _('貸出・返却には使えない種類のカードです'), _('登録した別のカードをタッチしてください')
        ),
        Refusal.EXPIRED: Words(
            'calendar',
            _('電子証明書の有効期限が過ぎています'),
            _('きょうは紙の貸出簿に記入し、市区町村の窓口で更新してください'),
        ),
        Refusal.NOT_YET_VALID: Words(
            'calendar', _('まだ有効になっていない電子証明書です'), _('きょうは紙の貸出簿に記入してください'), call=True
        ),
        Refusal.NOT_RECORDED: Words('paper', _('いまは記録できません'), paper, call=True),
    }


def _of_lending() -> dict[Problem, Words]:
    return {
        Problem.CAR_TAKEN: Words(
            'car', _('この車は、ほかの窓口で先に貸出しました'), _('取消を押し、別の車を選んでください')
        ),
        Problem.NOT_OUT: Words(
            'check',
            _('この車は、ほかの窓口で返却を終えています'),
            _('鍵を守衛に渡してください。手続きは終わっています'),
        ),
        Problem.NOT_TO_BE_PERMITTED: Words(
            'hand', _('法令などにより、許可では貸出できません'), _('下に出ていることを先に済ませてください')
        ),
        Problem.OWN_PERMISSION: Words(
            'person', _('運転する方は、自分の貸出を許可できません'), _('ほかの車両担当の方がタッチしてください')
        ),
        Problem.NO_REASON: Words('hand', _('理由がありません'), _('理由を選ぶか、短く入れてください')),
        Problem.OWN_CHECK: Words(
            'tap', _('ご自分の確認はできません'), _('ほかの守衛・車両担当の方がカードをタッチしてください')
        ),
        Problem.NEEDS_GUARD: Words('tap', _('守衛の方、カードをタッチしてください'), _('確認者として記録します')),
    }


def _of_keys() -> dict[Problem, Words]:
    return {
        Problem.TAG_UNKNOWN: Words(
            'card', _('登録のない鍵札です'), _('運転した方のカードをタッチすると、返却の手続きができます')
        ),
        Problem.KEY_NOT_OUT: Words(
            'check', _('この鍵の車は貸出中ではありません'), _('鍵の番号を確かめ、元の場所へ戻してください')
        ),
        Problem.KEY_OF_OTHER_ROOM: Words(
            'car',
            _('ほかの守衛室の鍵で、貸出の記録がここにありません'),
            _('鍵の守衛室へ電話で確かめてから、その守衛室へ戻してください'),
        ),
        Problem.OTHER_KEY: Words('hand', _('手続き中の車の鍵ではありません'), _('鍵の番号を確かめてください')),
        Problem.DRIVER_UNKNOWN: Words(
            'tap', _('借りた方がこの端末の名簿にいません'), _('運転した方のカードをタッチしてください')
        ),
        Problem.CAR_GONE: Words('car', _('この車は台帳から外されました'), _('取消を押し、別の車を選んでください')),
    }


def _of_entry() -> dict[Problem, Words]:
    again = _('メーターを見て、もう一度入れてください')
    return {
        Problem.BAD_VALUE: Words(
            'hand', _('検知器の値を確かめてください'), _('0.00から5.00までで、もう一度入れてください')
        ),
        Problem.BAD_CHARGE: Words(
            'hand', _('電池の残りを確かめてください'), _('0から100までで、もう一度入れてください')
        ),
        Problem.BREATH_AGAIN: Words(
            'again', _('どなたの息か分からない値が届きました'), _('数秒待って、もう一度吹いてください')
        ),
        Problem.CHECKER_NOT_VALID: Words(
            'hand',
            _('この検知器は、登録がないか期限を過ぎています'),
            _('有効な検知器に替え、安全運転管理者へ連絡してください'),
        ),
        Problem.WHICH_CHECKER: Words(
            'hand',
            _('どの検知器の値か分かりません'),
            _('「値を手で入れる」を押し、使った検知器を選んで入れてください'),
        ),
        Problem.ODOMETER_BACK: Words('hand', _('前回のメーターより小さい値です'), again),
        Problem.ODOMETER_TOO_FAR: Words('hand', _('1回の運転としては長すぎる距離です'), again),
    }


def _of_recording() -> dict[Problem, Words]:
    paper = _('紙の貸出簿に記入し、下へ連絡してください')
    return {
        Problem.DISK_FULL: Words('paper', _('保存する場所がいっぱいで、記録できません'), paper, call=True),
        Problem.FAILED: Words('paper', _('いまは記録できません'), paper, call=True),
    }
