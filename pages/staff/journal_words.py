"""What the staff pages say about a line of the journal: who, when, of whom, and what stands in it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.clock import ClockQuality
from app.journal.history import HistoryLine
from app.journal.line import Assurance
from app.journal.verify import Fault
from app.language import _
from components.times import day_and_second
from pages.staff.card_words import kind_words as card_kinds
from pages.staff.card_words import reason_words as end_reasons
from pages.staff.cars.act_words import car_fields, car_values
from pages.staff.desk_words import job_words
from pages.staff.journal_kinds import kinds
from pages.staff.shelters.handout_acts import handout_fields, handout_values
from pages.staff.shelters.people_acts import people_fields, people_values


def assurance_words(assurance: Assurance) -> str:
    """How sure the box is of who acted."""
    return {
        Assurance.SYSTEM: _('本体'),
        Assurance.COMMAND_LINE: _('本体のコマンド'),
        Assurance.SETUP_CODE: _('初期設定コード'),
        Assurance.SEALED_CODE: _('避難所の封印コード'),
        Assurance.PASSWORD: _('パスワード'),
        Assurance.CARD: _('カード'),
        Assurance.PROVEN_CARD: _('暗証番号つきのカード'),
        Assurance.DEVICE: _('登録した端末'),
    }[assurance]


def quality_words(quality: ClockQuality) -> str:
    """How far the clock could be believed."""
    return {
        ClockQuality.SYNCHRONISED: _('時刻サーバーと同期'),
        ClockQuality.UNSYNCHRONISED: _('時計は未同期'),
        ClockQuality.STEPPED: _('時計が動いた直後'),
        ClockQuality.UNKNOWN: _('時計が不明'),
        ClockQuality.RECONSTRUCTED: _('あとから計算した時刻'),
    }[quality]


def when_words(line: HistoryLine) -> str:
    """When it happened, and what to think of the clock where it was not in step."""
    day, _gap, time = day_and_second(line.happened_at).partition(' ')
    if line.clock_quality is ClockQuality.SYNCHRONISED:
        return f'{day}\n{time}'
    return f'{day}\n{time} {quality_words(line.clock_quality)}'


def actor_words(line: HistoryLine, names: Mapping[UUID, str]) -> str:
    """Who acted, and how that is known."""
    known_by = assurance_words(line.assurance)
    if line.actor_id is None or line.actor_id not in names:
        return known_by
    return _('{name}({known_by})').format(name=names[line.actor_id] or _('消去済み'), known_by=known_by)


def subject_words(subjects: Iterable[UUID], names: Mapping[UUID, str]) -> list[str]:
    """The people and cars that a line is about; what was erased stays erased, and records have no name."""
    return [names[subject] or _('消去済み') for subject in subjects if subject in names]


def field_words(name: str) -> str:
    """A part of a line; a name that is not known here is shown as it is."""
    return (handout_fields() | people_fields() | car_fields() | _fields()).get(name, name)


def _fields() -> dict[str, str]:
    return {
        'number': _('職員番号'),
        'charge': _('電池の残り(%)'),
        'odometer_confirmer': _('メーターを確かめた人'),
        'day': _('日にち'),
        'gates': _('許可したこと'),
        'permit': _('許可のID'),
        'name': _('名前'),
        'kana': _('フリガナ'),
        'department': _('所属'),
        'kind': _('種別'),
        'last_four': _('末尾'),
        'work_date': _('勤務日'),
        'source': _('方法'),
        'proven': _('暗証番号で確認'),
        'reason': _('理由'),
        'job': _('用途'),
        'reader': _('カードリーダー'),
        'until': _('終わりの時刻'),
        'roles': _('役割'),
        'role': _('役割'),
        'before': _('前'),
        'after': _('後'),
        'line': _('見た行'),
        'account': _('アカウントID'),
        'session': _('セッションID'),
        'token': _('端末・トークンのID'),
        'card': _('カードID'),
        'desk': _('窓口ID'),
        'scope': _('範囲'),
        'up_to': _('含む最後の行'),
        'encrypted': _('暗号化'),
        'intact': _('正しくつながっている'),
        'continues_after': _('続く行'),
        'continues_hash': _('続く行のハッシュ'),
        'first_day': _('いつから'),
        'last_day': _('いつまで'),
        'record_class': _('記録の種類'),
        'template': _('テンプレート'),
        'target': _('相手先'),
        'format': _('形式'),
        'sha256': _('ファイルのSHA-256'),
        'people': _('人数'),
        'practice': _('訓練'),
        'with_protected': _('保護が必要な方を含む'),
        'purpose': _('提供先と目的'),
        'shelters': _('避難所ごとの数字'),
        'records': _('捨てた記録'),
        'counts': _('件数(種類ごと)'),
        'export_sha256': _('書き出したファイルのSHA-256'),
        'recipients': _('読める人の数'),
    }


def value_words(name: str, value: str) -> str:
    """The value of a part of a line, in words where it has some."""
    directions = {'in': _('出勤'), 'out': _('退勤')}
    qualities = {quality.value: quality_words(quality) for quality in ClockQuality}
    sources = {'card': _('カード'), 'choice': _('画面で選択'), 'paper': _('紙'), 'correction': _('訂正')}
    words: Mapping[str, Mapping[str, str]] = (
        car_values()
        | handout_values()
        | {
            'kind': directions | handout_values()['kind'] | card_kinds() | kinds(),
            'source': sources,
            'reason': end_reasons() | people_values()['reason'],
            'left_for': people_values()['left_for'],
            'job': job_words(),
            'before': qualities,
            'after': qualities,
        }
    )
    return words.get(name, {}).get(value, value)


def fault_words(fault: Fault) -> str:
    """What was found when the journal was checked."""
    return {
        'changed': _('内容が変えられています'),
        'missing': _('行がなくなっています'),
        'reordered': _('順番が変えられています'),
        'cut': _('終わりが切り取られています'),
        'rewritten': _('書き直されています'),
        'checkpoint_broken': _('署名の記録が壊れています'),
        'checkpoints_missing': _('署名の記録がありません'),
        'guard_missing': _('書き換えを防ぐ仕組みが外されています'),
    }.get(fault.value, fault.value)
