"""One clear sentence for everything that can stop a command."""

from app.access.api_tokens import BadName, UnknownScope
from app.commands.backup_words import backup_sentence
from app.commands.terminal import FileNotTaken
from app.desks.device_addresses import BadDeviceAddress
from app.desks.device_words import device_sentence
from app.desks.reader_addresses import SimulatedReader
from app.desks.register import DeskProblem, DeskRefused
from app.language import _
from app.people.staff_import import StaffListError
from app.settings import SettingsError
from app.shelters.copies.values import CopyRefused
from app.shelters.copies.words import problem_sentence
from app.shelters.list_table import ShelterListError
from app.shelters.vulnerable.disasters import DisasterRefused
from app.storage.backup_archive import BackupRefused
from app.storage.failures import DatabaseDamaged, StorageBusy, StorageError, StorageFull, storage_error
from device_drivers.card_reader.registry import BadReaderAddress, PcscNotInstalled


def explain(error: Exception) -> list[str]:
    """What to tell the person; empty for an error that nobody foresaw."""
    if isinstance(error, StaffListError | ShelterListError):
        return [*error.problems, _('何も取り込んでいません')]
    if isinstance(error, DeskRefused):
        return [_desk_sentence(error.problem)]
    if isinstance(error, BadDeviceAddress):
        return [device_sentence(error.problem)]
    if isinstance(error, CopyRefused):
        return [problem_sentence(error)]
    if isinstance(error, DisasterRefused):
        return [_disaster_sentence(str(error))]
    if isinstance(error, BackupRefused):
        return [backup_sentence(error)]
    if isinstance(error, StorageError):
        return [_storage_sentence(error)]
    if fault := storage_error(error):
        return [_storage_sentence(fault)]
    for kind, sentence in _plain().items():
        if isinstance(error, kind):
            return [sentence.format(detail=error)]
    if isinstance(error, OSError):
        return [_('ファイルを読み書きできません: {detail}').format(detail=error)]
    return []


def _plain() -> dict[type[Exception], str]:
    return {
        BadReaderAddress: _('リーダーのアドレスは pcsc:リーダーの名前 の形です'),
        SimulatedReader: _(
            '模擬リーダー(sim:)はデモンストレーションでだけ使えます。pcsc:リーダーの名前 を指定してください'
        ),
        PcscNotInstalled: _('カードリーダーのためのプログラム(pyscard)が入っていません'),
        SettingsError: _('設定の誤り: {detail}'),
        FileNotTaken: _('ファイルを書けません: {detail}'),
        UnknownScope: _('そのような範囲(scope)はありません。使えるもの: {detail}'),
        BadName: _('名前が空か、長すぎます'),
    }


def _disaster_sentence(why: str) -> str:
    return {
        'name': _('災害の名前が空か、長すぎます'),
        'reason': _('理由が空か、長すぎます'),
        'declared': _('災害はもう宣言されています'),
        'none': _('災害は宣言されていません。'),
    }[why]


def _desk_sentence(problem: DeskProblem) -> str:
    return {
        DeskProblem.NAME_TAKEN: _('同じ名前のデスクがあります'),
        DeskProblem.READER_TAKEN: _('そのリーダーは、ほかのデスクが使っています'),
        DeskProblem.CHECKER_TAKEN: _('その検知器は、ほかのデスクが使っています'),
        DeskProblem.CAMERA_TAKEN: _('そのカメラは、ほかのデスクが使っています'),
        DeskProblem.BAD_NAME: _('デスクの名前が空か、長すぎます'),
        DeskProblem.GONE: _('そのデスクは、もうありません'),
    }[problem]


def _storage_sentence(error: StorageError) -> str:
    if isinstance(error, DatabaseDamaged):
        return _('データベースが壊れているか、新しい版のものです: {detail}').format(detail=error)
    if isinstance(error, StorageFull):
        return _('ディスクに空きがありません。記録していません')
    if isinstance(error, StorageBusy):
        return _('ほかのプログラムがデータベースを使っています。もう一度実行してください')
    return _('ディスクに書き込めません: {detail}').format(detail=error)
