"""Why there can be no device at an address, said once for the command line and the staff pages."""

from app.desks.device_addresses import DeviceProblem
from app.language import _


def device_sentence(problem: DeviceProblem) -> str:
    """What is wrong with the address, and how a right one looks."""
    return {
        DeviceProblem.UNKNOWN_KIND: _('検知器のアドレスは serial:、ble:、photo: のどれかで始めてください'),
        DeviceProblem.NO_NAME: _('検知器のアドレスに、種類だけがあって名前がありません'),
        DeviceProblem.NOT_A_PORT: _(
            'シリアルの検知器は serial:/dev/serial/by-id/… のように、/ で始まるポートで示します'
        ),
        DeviceProblem.UNKNOWN_OPTION: _('シリアルの検知器に付けられるのは baud、framing、pattern だけです'),
        DeviceProblem.UNKNOWN_PATTERN: _(
            'その名前の行の形(pattern)はありません。設定 vehicles.checker_patterns を確かめてください'
        ),
        DeviceProblem.BAD_OPTION: _('検知器の通信の設定が正しくありません。例: baud=9600&framing=8N1'),
        DeviceProblem.NOT_A_RADIO_ADDRESS: _('Bluetoothの検知器は ble:AA:BB:CC:DD:EE:FF の形です'),
        DeviceProblem.NO_CAMERA: _('表示を撮る検知器は photo: の後にカメラのアドレスを書きます'),
        DeviceProblem.BAD_CAMERA: _(
            'カメラのアドレスが正しくありません。usb:名前、http://…、https://…、rtsp://… のどれかです'
        ),
        DeviceProblem.SIMULATION: _('模擬の機器(sim:)は、デモでだけ使えます'),
    }[problem]
