"""The acts around people, their households and their movements, in the words of the office."""

from app.language import _
from pages.staff.shelters.people_words import by_value, left_for_words, search_reasons
from pages.staff.shelters.place_acts import place_fields, place_kinds


def people_kinds() -> dict[str, str]:
    """Every kind of act of these parts."""
    return _of_people() | _of_movement() | _of_households() | place_kinds()


def people_fields() -> dict[str, str]:
    """Parts of the lines of these acts."""
    return place_fields() | {
        'left_for': _('行き先'),
        'to_shelter': _('行き先の避難所'),
        'destination': _('行き先の詳しいこと'),
        'needs_supplies': _('物資の支援が要る'),
        'escorted': _('付き添い'),
        'typed': _('探したことば'),
        'found': _('見つかった人数'),
        'stay': _('滞在'),
        'visitor': _('市外の方'),
    }


def people_values() -> dict[str, dict[str, str]]:
    """Values of such parts by the name of the part."""
    return {'reason': search_reasons(), 'left_for': by_value(left_for_words())}


def _of_people() -> dict[str, str]:
    return {
        'shelters.family_drafted': _('家族が電話で登録内容を書いた'),
        'shelters.family_taken': _('家族が書いた内容を開いた'),
        'shelters.family_draft_ended': _('家族が書いた内容の扱いを終えた'),
        'shelters.registered': _('避難者を登録'),
        'shelters.details_changed': _('避難者の登録内容を変更'),
        'shelters.token_bound': _('避難者にカードや腕輪を登録'),
        'shelters.token_ended': _('避難者の腕輪やラベルを使えなくした'),
        'shelters.counted': _('入口で人数を数えた'),
        'shelters.searched': _('避難者を探した'),
        'shelters.number_looked_up': _('窓口で番号から避難者を表示'),
        'shelters.people_printed': _('避難者の一覧などを印刷した'),
        'shelters.merged': _('同じ人の記録を一つにした'),
        'shelters.merge_undone': _('重複の判断を取り消した'),
        'shelters.different_people': _('別の人だと確かめた'),
        'shelters.child_goes_out': _('保護者のいない子どもの外出に付き添う方を記録'),
        'shelters.child_taken_over': _('保護者のいない子どもの引き受けを記録'),
    }


def _of_movement() -> dict[str, str]:
    return {
        'shelters.arrived': _('避難所に到着'),
        'shelters.seen': _('窓口で確認'),
        'shelters.went_out': _('一時外出'),
        'shelters.came_back': _('戻った'),
        'shelters.moved': _('場所を移動'),
        'shelters.left': _('避難所を退所'),
        'shelters.visitor_marked': _('市外の方かどうかを直した'),
        'shelters.roll_call_started': _('点呼を始めた'),
        'shelters.roll_call_marked': _('点呼で確かめた'),
        'shelters.roll_call_heads': _('点呼で頭数を数えた'),
        'shelters.roll_call_closed': _('点呼に署名した'),
    }


def _of_households() -> dict[str, str]:
    return {
        'shelters.household_created': _('世帯を作った'),
        'shelters.household_changed': _('世帯で共通のことを変えた'),
        'shelters.household_joined': _('世帯に入った'),
        'shelters.household_left': _('世帯から外れた'),
        'shelters.household_representative': _('世帯の代表になった'),
        'shelters.dwelling_created': _('住家を記録'),
        'shelters.dwelling_changed': _('住家の記録を変更'),
        'shelters.dwelling_linked': _('世帯と住家を結び付けた'),
        'shelters.dwelling_unlinked': _('世帯と住家の結び付きを外した'),
    }
