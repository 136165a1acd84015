"""A report on paper, as CSV and as JSON."""

from collections.abc import Mapping
from typing import Any

from app.documents.sheet import Column, Kind, Row, Sheet
from app.language import _
from app.shelters.places import ShelterInfo
from app.shelters.reports.figures import Figure, definition_of, items, label_of, value_words
from app.shelters.reports.values import Report

SCHEMA = 'machibako-shelter-report-1'


def report_sheet(shelter: ShelterInfo, report: Report, *, box: str, signer: str) -> Sheet:
    """The form on A4; every figure with its definition and the time it is of."""
    columns = (
        Column('label', _('項目'), width=11),
        Column('value', _('報告'), width=7),
        Column('as_of', _('いつの時点か'), Kind.DATETIME, width=13),
        Column('definition', _('数え方')),
    )
    title = _('避難所状況報告 第{number}報').format(number=report.number)
    return Sheet(
        title=_('【訓練】{title}').format(title=title) if report.practice else title,
        made_at=report.drafted_at,
        source=box,
        columns=columns,
        rows=[_row(figure) for figure in report.figures],
        conditions=_conditions(shelter, report, signer),
        notes=tuple(_notes(report)),
        signature_boxes=(_('報告者'), _('受理者')),
    )


def csv_sheet(shelter: ShelterInfo, report: Report, *, box: str) -> Sheet:
    """The same for programs; a value that is not confirmed is empty and says so in a column of its own."""
    columns = tuple(
        Column(key, heading)
        for key, heading in (
            ('shelter', '避難所コード'), ('shelter_name', '避難所名'), ('number', '報'), ('version', '版'),
            ('name', '項目名'), ('label', '項目'), ('value', '値'), ('unit', '単位'), ('status', '確認'),
            ('as_of', '時点'), ('definition', '定義'),
        )
    )  # fmt: skip
    head = {
        'shelter': shelter.entry.code,
        'shelter_name': shelter.entry.name,
        'number': str(report.number),
        'version': str(report.version),
    }
    rows = [{**head, **_texts(item)} for item in items(report.figures)]
    return Sheet(title=_('避難所状況報告'), made_at=report.drafted_at, source=box, columns=columns, rows=rows)


def report_json(shelter: ShelterInfo, report: Report) -> dict[str, Any]:
    """The report for other systems, each item with definition, unit and as-of time."""
    return {
        'schema': SCHEMA,
        'id': str(report.id),
        'shelter': {'id': str(shelter.id), 'code': shelter.entry.code, 'name': shelter.entry.name},
        'number': report.number,
        'version': report.version,
        'state': 'replaced' if report.replaced_at else str(report.state),
        'practice': report.practice,
        'drafted_at': report.drafted_at.isoformat(timespec='seconds'),
        'signed_at': report.signed_at.isoformat(timespec='seconds') if report.signed_at else None,
        'urgent': report.urgent,
        'remarks': report.remarks,
        'items': items(report.figures),
    }


def _conditions(shelter: ShelterInfo, report: Report, signer: str) -> tuple[tuple[str, str], ...]:
    version = _('訂正 第{version}版').format(version=report.version) if report.version > 1 else _('初版')
    signed = signer if report.signed_at else _('署名前の下書き')
    return (
        (_('避難所'), f'{shelter.entry.name} ({shelter.entry.code})'),
        (_('所在地'), shelter.entry.address),
        (_('版'), version),
        (_('報告した人'), signed),
    )


def _notes(report: Report) -> list[str]:
    urgent = _('至急の要請: {words}').format(words=report.urgent or _('なし'))
    remarks = [_('そのほか: {words}').format(words=report.remarks)] if report.remarks else []
    return [urgent, *remarks, _('「未確認」は0ではありません。')]


def _row(figure: Figure) -> Row:
    return {
        'label': label_of(figure.key),
        'value': value_words(figure),
        'as_of': figure.as_of,
        'definition': definition_of(figure.key),
    }


def _texts(item: Mapping[str, Any]) -> dict[str, str]:
    keys = ('name', 'label', 'value', 'unit', 'status', 'as_of', 'definition')
    return {key: '' if item[key] is None else str(item[key]) for key in keys}
