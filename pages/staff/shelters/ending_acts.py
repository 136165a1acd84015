"""The acts around the end of a disaster, copies for headquarters and paper, in the words of the office."""

from app.language import _


def ending_kinds() -> dict[str, str]:
    """Every kind of act of these parts."""
    return {
        'shelters.ending_proposed': _('避難者の匿名化を提案'),
        'shelters.ending_withdrawn': _('避難者の匿名化を取りやめた'),
        'shelters.ending_exported': _('残す記録を書き出した'),
        'shelters.ending_approved': _('避難者の匿名化を承認'),
        'shelters.keys_erased': _('避難者などの記録を読む鍵を捨てた'),
        'shelters.anonymised': _('避難者の匿名化を終えた'),
        'shelters.paper_entered': _('紙の登録票を入力'),
        'shelters.paper_set_aside': _('紙の登録票の写真を捨てた'),
        'shelters.copied': _('本部への写しを作った'),
        'shelters.copy_read': _('ほかの箱の写しを読み込んだ'),
        'shelters.copy_opened': _('ほかの箱の写しの避難者を見た'),
    }
