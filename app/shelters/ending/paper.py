"""The certificate on paper, to be signed and filed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.clock import TOKYO
from app.documents.sheet import Column, Kind, Sheet
from app.language import _
from app.shelters.ending.certificate import fingerprint
from app.shelters.ending.values import EndingInfo, Part
from app.shelters.ending.words import part_words

MOST_NAMES = 30


def certificate_sheet(info: EndingInfo, names: Mapping[str, str], source: str, key: str) -> Sheet:
    """What was thrown away, by whom, and how anybody checks it; `names` of the people who decided, by their ids."""
    told: Mapping[str, Any] = info.certificate or {}
    mark = fingerprint(told)
    rows = [*_decision(info, told, names), *_figures(told), *_check(info, told, mark, key)]
    return Sheet(
        title=_('個人情報を読めなくした証明') + (_('【訓練】') if info.scope.practice else ''),
        made_at=info.finished_at or info.proposed_at,
        source=source,
        columns=(Column('label', _('項目'), Kind.TEXT, 14), Column('words', _('内容'))),
        rows=[{'label': label, 'words': words} for label, words in rows],
        notes=backup_notes(told),
        signature_boxes=(_('承認した人'), _('立ち会った人')),
    )


def backup_notes(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Until when old backups still hold keys."""
    always = _('この証明の時刻より前に箱の外へ作ったバックアップには鍵が残り、それを消すまで中を読めます。')
    if not told.get('backups'):
        return (always, _('記録簿には、この災害の間のバックアップはありません。'))
    counted = _('記録簿にある、災害の間のバックアップは {count} 件です。最後は {last}。').format(
        count=f'{told["backups"]:,}', last=_time(told['backups_newest'][0]['at'])
    )
    return (always, counted, _('この箱に復元したときは、捨てた鍵がもう一度捨てられます。'))


def _decision(info: EndingInfo, told: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    shelters = list(told.get('shelters', ()))
    more = _(' ほか{count}か所').format(count=len(shelters) - MOST_NAMES) if len(shelters) > MOST_NAMES else ''
    return [
        (_('避難所'), '、'.join(shelters[:MOST_NAMES]) + more),
        (_('理由'), info.reason),
        (_('提案'), f'{names.get(info.proposed_by, info.proposed_by)} {_time(told.get("proposed_at", ""))}'),
        (_('承認'), f'{names.get(info.approved_by, info.approved_by)} {_time(told.get("approved_at", ""))}'),
        (_('終えた時刻'), _time(told.get('finished_at', ''))),
    ]


def _figures(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = part_words()
    counts = [(words[Part(part)], _('{count}件').format(count=f'{count:,}')) for part, count in told['counts'].items()]
    return [
        *counts,
        (_('結び付きを消したカード・腕輪'), f'{told["tokens"]:,}'),
        (_('終えたお知らせの登録'), f'{told["subscriptions"]:,}'),
        (_('保留のため残した人'), f'{told["held"]:,}'),
        (_('ほかの避難所にもいたため残した人'), f'{told["elsewhere"]:,}'),
    ]


def _check(info: EndingInfo, told: Mapping[str, Any], mark: str, key: str) -> list[tuple[str, str]]:
    lines = '–'.join(f'{line:,}' for line in told['lines'])
    return [
        (_('書き出したファイルのSHA-256'), info.export_sha256 or _('なし')),
        (_('記録簿の行'), _('{lines}、終わり {last}').format(lines=lines, last=f'{told["line"]:,}')),
        (_('証明のSHA-256'), mark),
        (_('箱の署名'), info.signature),
        (_('箱の公開鍵'), key),
        (_('確かめ方'), 'machibako shelter prove-anonymised'),
    ]


def _time(told: str) -> str:
    return f'{datetime.fromisoformat(told).astimezone(TOKYO):%Y-%m-%d %H:%M}' if told else ''
