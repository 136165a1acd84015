"""What every desk says when its reader does not read, or nothing can be recorded."""

from dataclasses import dataclass

from app.language import _


@dataclass(frozen=True, slots=True)
class ReaderWords:
    """Why no card is read now, what helps, and what to do meanwhile."""

    symbol: str
    title: str
    detail: str
    next_step: str
    call: bool = True


def reader_words(reader: str) -> ReaderWords:
    """Words for a reader that is not ready."""
    if reader == 'starting':
        return ReaderWords('wait', _('カードリーダーを準備しています'), '', _('少しお待ちください'), call=False)
    return ReaderWords('reader', *_title_and_help(reader), _('急ぐときは紙に記入してください'))


def not_recording() -> str:
    """The red screen: the disk takes nothing any more."""
    return _('記録できません。紙に記入してください')


def whom_words(whom: str) -> str:
    """Whom to call; empty where the settings name nobody."""
    return _('連絡先 {whom}').format(whom=whom) if whom else ''


def _title_and_help(reader: str) -> tuple[str, str]:
    match reader:
        case 'missing':
            return _('カードリーダーが見つかりません'), _('ケーブルを差し直すと、自動で始まります')
        case 'stuck':
            return _('カードリーダーが動いていません'), _('カードを取ってお待ちください。自動で再開します')
        case 'no_service':
            return _('カードの読み取りが止まっています'), _('お待ちください。自動で再開します')
    return _('いまカードを読み取れません'), ''
