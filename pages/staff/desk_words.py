"""What the staff pages say about desks and their readers."""

from app.desks.register import DeskProblem, Job
from app.language import _
from device_drivers.card_reader.interface import ReaderState


def job_words() -> dict[str, str]:
    """What a desk is for."""
    return {
        Job.ATTENDANCE.value: _('出勤・退勤'),
        Job.VEHICLES.value: _('共用車の貸出・返却'),
        Job.SHELTER.value: _('避難所の受付'),
    }


def state_words(state: str) -> tuple[str, str]:
    """The state of a reader, and what to do about it (empty where nothing is to do)."""
    return {
        ReaderState.STARTING.value: (_('確かめています'), ''),
        ReaderState.READY.value: (_('使えます'), ''),
        ReaderState.STUCK.value: (
            _('応答がありません'),
            _('リーダーの上のカードを離し、USBケーブルを差し直してください。'),
        ),
        ReaderState.MISSING.value: (_('つながっていません'), _('USBケーブルを差し直してください。')),
        ReaderState.NO_SERVICE.value: (
            _('カードサービスが動いていません'),
            _('本体でサービス(pcscd)を起動してください。動けば自動で元に戻ります。'),
        ),
        ReaderState.STOPPED.value: (_('止まっています'), _('本体を再起動してください。')),
    }.get(state, (state, ''))


def problem_words(problem: DeskProblem) -> tuple[str, str]:
    """Why a desk was not added, and what to do."""
    return {
        DeskProblem.NAME_TAKEN: (_('同じ名前の窓口があります'), _('別の名前にしてください。')),
        DeskProblem.READER_TAKEN: (
            _('そのリーダーはほかの窓口で使っています'),
            _('別のリーダーを選ぶか、先にその窓口を外してください。'),
        ),
        DeskProblem.CHECKER_TAKEN: (
            _('その検知器はほかの窓口で使っています'),
            _('別の検知器のアドレスを入れてください。'),
        ),
        DeskProblem.CAMERA_TAKEN: (
            _('そのカメラはほかの窓口で使っています'),
            _('別のカメラのアドレスを入れてください。'),
        ),
        DeskProblem.GONE: (_('この窓口はもうありません'), _('ページを開き直してください。')),
        DeskProblem.BAD_NAME: (_('窓口の名前を確かめてください'), _('1文字以上、100文字までで入力してください。')),
    }[problem]


def device_state_words(state: str) -> str:
    """The state of an alcohol checker or a camera, and what helps."""
    return {
        'starting': _('確かめています'),
        'ready': _('使えます'),
        'missing': _('つながっていません。ケーブルか電源を確かめてください'),
        'no_service': _('本体のBluetoothが使えません'),
        'stuck': _('応答がありません。ケーブルを差し直してください'),
        'frozen': _('同じ画像のまま止まっています。カメラの電源を入れ直してください'),
        'stopped': _('止まっています'),
    }.get(state, state)


def device_words() -> dict[str, str]:
    """What a desk may have beside its reader."""
    return {'checker': _('アルコール検知器'), 'camera': _('カメラ')}


def reader_name(address: str) -> str:
    """An address as people read it."""
    kind, _colon, name = address.partition(':')
    return _('模擬リーダー {name}').format(name=name) if kind == 'sim' else name
