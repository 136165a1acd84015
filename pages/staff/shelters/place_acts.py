"""The acts around the places themselves, their opening, and what is told there, in the words of the office."""

from app.language import _


def place_kinds() -> dict[str, str]:
    """Every kind of act of these parts."""
    return _of_places() | _of_opening() | _of_telling()


def place_fields() -> dict[str, str]:
    """Parts of the lines of these acts."""
    return {
        'languages': _('ことば'),
        'needs': _('配慮'),
        'areas': _('区画'),
        'published': _('公開データのほかの列'),
        'ended_because': _('終える理由'),
    }


def _of_places() -> dict[str, str]:
    return {
        'shelters.added': _('避難所を追加'),
        'shelters.changed': _('避難所の内容を変更'),
        'shelters.state': _('避難所の状態を変更'),
        'shelters.area_added': _('避難所の区画を追加'),
        'shelters.area_changed': _('避難所の区画を変更'),
        'shelters.box_stands': _('この箱を置く避難所を決めた'),
        'shelters.desk_placed': _('受付の端末の避難所を決めた'),
        'shelters.practice': _('避難所の訓練を切り替えた'),
    }


def _of_opening() -> dict[str, str]:
    return {
        'shelters.code_made': _('開設コードを作った'),
        'shelters.code_sealed': _('開設コードを鍵の箱に入れた'),
        'shelters.code_ended': _('開設コードを使えなくした'),
        'shelters.opening_begun': _('住民による開設を始めた'),
        'shelters.opening_refused': _('開設コードが違った'),
        'shelters.building_checked': _('建物の安全を確かめた'),
        'shelters.building_unsafe': _('建物が危険なため開設しなかった'),
        'shelters.opened_by_residents': _('住民が開設した'),
        'shelters.adopted': _('住民による開設を市が引き継いだ'),
    }


def _of_telling() -> dict[str, str]:
    return {
        'shelters.notice_posted': _('避難所のお知らせを出した'),
        'shelters.notice_withdrawn': _('避難所のお知らせを取り下げた'),
        'shelters.person_called': _('番号で呼び出した'),
        'shelters.call_ended': _('呼び出しを終えた'),
        'shelters.leaving_declared': _('本人が退所すると伝えた'),
        'shelters.leaving_settled': _('本人が伝えた退所を確かめた'),
    }
