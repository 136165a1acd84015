"""Open shelters as GeoJSON (RFC 7946) and as CSV in the columns of 自治体標準オープンデータセット."""

import json
from typing import Any

from app.documents.csv_writer import csv_bytes
from app.documents.sheet import Column, Row, Sheet
from app.messages.languages import Language, speaking
from app.shelters.open_data.directory import Directory, OpenShelter
from app.shelters.open_data.words import fullness_word, kind_word
from app.shelters.values import ShelterKind, ShelterState

CODE, PREFECTURE, CITY = '172014', '石川県', '金沢市'
HAZARDS = (
    '洪水', '崖崩れ、土石流及び地滑り', '高潮', '地震', '津波', '大規模な火事', '内水氾濫', '火山現象',
)  # fmt: skip
STATES = {
    ShelterState.NOT_OPENED: '未開設',
    ShelterState.OPENED_BY_RESIDENTS: '開設中(住民による開設)',
    ShelterState.OPENED: '開設中',
    ShelterState.FULL: '開設中(満員)',
    ShelterState.CLOSED: '閉鎖',
}
COLUMNS = (
    '全国地方公共団体コード', 'ID', '名称', '名称_カナ', '名称_英字', '所在地_全国地方公共団体コード', '町字ID',
    '所在地_連結表記', '所在地_都道府県', '所在地_市区町村', '所在地_町字', '所在地_番地以下', '建物名等(方書)',
    '緯度', '経度', '標高', '電話番号', '内線番号', '連絡先メールアドレス', '連絡先FormURL',
    '連絡先備考（その他、SNSなど）', '郵便番号', '市区町村コード', '地方公共団体名',
    *(f'災害種別_{hazard}' for hazard in HAZARDS), '指定避難所との重複', '想定収容人数', '対象となる町会・自治会',
    'URL', '画像', '画像_ライセンス', '備考', '受入対象者', '避難所の種類', '開設状況', '混雑状況', '時点',
)  # fmt: skip
"""39 columns of the data set for 指定緊急避難場所 (domain/shelters.md 2.3), then five of our own."""


def geojson(found: Directory) -> bytes:
    """Points in WGS 84, longitude first; a shelter without a place has no geometry. Words are Japanese."""
    with speaking(Language.JAPANESE):
        features = [_feature(one, found) for one in found.shelters]
    collection = {'type': 'FeatureCollection', 'as_of': _time(found), 'features': features}
    return json.dumps(collection, ensure_ascii=False, separators=(',', ':')).encode()


def csv_file(found: Directory) -> bytes:
    """UTF-8 with a byte order mark, in Japanese words; empty where nothing is known."""
    columns = tuple(Column(name, name) for name in COLUMNS)
    with speaking(Language.JAPANESE):
        rows = [_row(one, found) for one in found.shelters]
    return csv_bytes(Sheet(title='開設避難所', made_at=found.as_of, source='', columns=columns, rows=rows))


def _feature(one: OpenShelter, found: Directory) -> dict[str, Any]:
    entry = one.shelter.entry
    has_place = entry.latitude is not None and entry.longitude is not None
    return {
        'type': 'Feature',
        'id': entry.code,
        'geometry': {'type': 'Point', 'coordinates': [entry.longitude, entry.latitude]} if has_place else None,
        'properties': {
            'name': entry.name,
            'kana': entry.kana,
            'english': entry.published.get('名称_英字', ''),
            'kind': kind_word(entry.kind),
            'address': entry.address,
            'elevation': entry.published.get('標高', ''),
            'phone': entry.phone,
            'hazards': list(entry.hazards),
            'state': STATES[one.shelter.state],
            'fullness': fullness_word(one.fullness),
            'capacity': entry.capacity,
            'accepts': entry.accepts,
            'remarks': entry.remarks,
            'as_of': _time(found),
        },
    }


def _row(one: OpenShelter, found: Directory) -> Row:
    entry = one.shelter.entry
    known = {
        '全国地方公共団体コード': CODE,
        'ID': entry.code,
        '名称': entry.name,
        '名称_カナ': entry.kana,
        '所在地_全国地方公共団体コード': CODE,
        '所在地_連結表記': entry.address,
        '所在地_都道府県': PREFECTURE,
        '所在地_市区町村': CITY,
        '緯度': _number(entry.latitude),
        '経度': _number(entry.longitude),
        '電話番号': entry.phone,
        '市区町村コード': CODE,
        '地方公共団体名': f'{PREFECTURE}{CITY}',
        **{f'災害種別_{hazard}': '1' for hazard in HAZARDS if hazard in entry.hazards},
        '指定避難所との重複': '1' if entry.kind is ShelterKind.DESIGNATED else '',
        '想定収容人数': _number(entry.capacity),
        '備考': entry.remarks,
        '受入対象者': entry.accepts,
        '避難所の種類': kind_word(entry.kind),
        '開設状況': STATES[one.shelter.state],
        '混雑状況': fullness_word(one.fullness),
        '時点': _time(found),
    }
    published = {column: cell for column, cell in entry.published.items() if column in COLUMNS}
    return {**dict.fromkeys(COLUMNS, ''), **published, **known}


def _number(value: float | None) -> str:
    return '' if value is None else str(value)


def _time(found: Directory) -> str:
    return found.as_of.isoformat(timespec='seconds')
