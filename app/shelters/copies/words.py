"""What people read about copies on a stick."""

from app.language import _
from app.shelters.copies.values import CopyRefused, Problem


def problem_words(error: CopyRefused) -> tuple[str, str]:
    """What is wrong, and what to do."""
    return {
        Problem.NO_RECIPIENT: (
            _('写しを読める人が決まっていません'),
            _('設定 shelters.recipients に本部の公開鍵を入れてください。'),
        ),
        Problem.BAD_RECIPIENT: (
            _('設定 shelters.recipients に、公開鍵でないものがあります'),
            _('管理者に直してもらってください。'),
        ),
        Problem.NO_STICK: (_('USBメモリーがないか、抜かれました'), _('差し直して、もう一度押してください。')),
        Problem.STICK_FULL: (
            _('USBメモリーがいっぱいです'),
            _('空きのあるUSBメモリーに替えてください。途中のファイルは残っていません。'),
        ),
        Problem.STICK_READ_ONLY: (
            _('USBメモリーに書き込めません(書き込み禁止)'),
            _('スイッチを確かめるか、ほかのUSBメモリーに替えてください。'),
        ),
        Problem.STICK_FAILED: (
            _('USBメモリーに正しく書けませんでした'),
            _('ほかのUSBメモリーで、もう一度試してください。'),
        ),
        Problem.NOT_A_COPY: (
            _('まちばこの写しのファイルではありません'),
            _('名前が .machibako で終わるファイルを選んでください。'),
        ),
        Problem.NO_KEY: (
            _('この箱には本部の鍵が決まっていません'),
            _('設定 shelters.identity_file に鍵のファイルを書いてください。'),
        ),
        Problem.BAD_KEY: (_('本部の鍵(AGE-SECRET-KEY-…)を読めません'), _('鍵のファイルを確かめてください。')),
        Problem.WRONG_KEY: (_('この鍵では開けません'), _('ほかの本部に宛てた写しか、鍵が違います。')),
        Problem.DAMAGED: (
            _('写しが途中で切れているか、変えられています'),
            _('避難所の箱で、もう一度作ってもらってください。'),
        ),
        Problem.NEWER_FORMAT: (_('新しい版のまちばこが作った写しです'), _('この箱を新しい版にしてください。')),
        Problem.UNKNOWN_BOX: (
            _('知らない箱が作った写しです'),
            _('設定 exchange.peers に、その箱の証明書を入れてください。'),
        ),
        Problem.NOT_SIGNED: (
            _('箱の署名が合いません。作り変えられた写しです'),
            _('使わないでください。だれから受け取ったかを確かめてください。'),
        ),
        Problem.OLDER: (_('もっと新しい写しを、もう読み込んでいます'), _('何も変わっていません。')),
        Problem.SAME: (_('同じ写しを、もう読み込んでいます'), _('何も変わっていません。')),
    }[error.problem]


def problem_sentence(error: CopyRefused) -> str:
    """The same in one line."""
    title, hint = problem_words(error)
    return f'{title}。{hint}'
