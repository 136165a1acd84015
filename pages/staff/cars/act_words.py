"""The acts of the car pool in the words of the office."""

from app.language import _


def car_kinds() -> dict[str, str]:
    """Every kind of act around shared cars."""
    return _of_trips() | _of_registers()


def _of_trips() -> dict[str, str]:
    return {
        'vehicles.handed_over': _('鍵を渡した(貸出)'),
        'vehicles.gates_overridden': _('理由を付けて貸出を許可した'),
        'vehicles.gates_permitted_ahead': _('貸出を事前に許可した'),
        'vehicles.permit_withdrawn': _('貸出の事前の許可を取り消した'),
        'vehicles.taken_back': _('鍵を受け取った(返却)'),
        'vehicles.returned_alone': _('出発の記録がまだない車の鍵を受け取った(返却)'),
        'vehicles.return_joined': _('先に受けた返却を、届いた出発の記録に合わせた'),
        'vehicles.trip_corrected': _('運行記録を訂正'),
        'vehicles.record_confirmed': _('運行記録を確認済みにした'),
        'vehicles.record_exported': _('運行記録を書き出した'),
        'vehicles.turned_away': _('車がなくて断った'),
        'vehicles.lent_twice': _('同じ車が二重に貸し出された'),
        'vehicles.alcohol_checked': _('酒気帯びを確認'),
        'vehicles.breath_not_counted': _('数に入れない検知器の値'),
        'vehicles.alcohol_instructed': _('指示事項を記録'),
    }


def _of_registers() -> dict[str, str]:
    return {
        'vehicles.vehicle_added': _('車を追加'),
        'vehicles.vehicle_changed': _('車両台帳を変更'),
        'vehicles.vehicle_retired': _('車を台帳から外した'),
        'vehicles.licence_sighted': _('運転免許証を確認'),
        'vehicles.checker_added': _('検知器を登録'),
        'vehicles.checker_tested': _('検知器の動作を確認'),
        'vehicles.checker_retired': _('検知器の使用を終えた'),
        'vehicles.checker_changed': _('検知器の期限などを変更'),
        'vehicles.checker_reactivated': _('検知器をもう一度使うことにした'),
        'vehicles.reservations_imported': _('予約を取り込んだ'),
        'vehicles.garoon_logins_imported': _('Garoonのログイン名と職員番号の対応表を取り込んだ'),
        'people.guard_added': _('守衛を追加'),
        'people.guard_ended': _('守衛の登録を終えた'),
        'access.shift_begun': _('守衛の担当を始めた'),
        'access.shift_ended': _('守衛の担当を終えた'),
    }


def car_fields() -> dict[str, str]:
    """The parts of these acts that only cars have."""
    return {
        'abnormality': _('備考'),
        'destination_before': _('訂正前の行先'),
        'purpose_before': _('訂正前の用務'),
        'abnormality_before': _('訂正前の備考'),
        'instruction': _('指示事項'),
        'overridden': _('許可したこと'),
        'form': _('ファイルの形式'),
        'month': _('月'),
        'serial': _('製造番号'),
        'model': _('型式'),
        'works': _('正常に動いた'),
        'checker': _('検知器のID'),
    }


def car_values() -> dict[str, dict[str, str]]:
    """Values of these parts in words."""
    exported = {
        'cars': _('運転日誌(車ごと)'),
        'drivers': _('運転日誌(運転者ごと)'),
        'alcohol': _('アルコール検知記録簿'),
        'departments': _('所属別の利用と費用'),
        'car_ledger': _('車両台帳'),
        'licences': _('運転免許証の確認'),
        'checkers': _('アルコール検知器の台帳'),
        'timeline': _('車の使用状況'),
        'record_checks': _('確認が必要な記録'),
    }
    return {'what': exported, 'form': {'pdf': 'PDF', 'xlsx': 'XLSX', 'csv': 'CSV', 'csv_cp932': _('CSV(Shift_JIS)')}}
