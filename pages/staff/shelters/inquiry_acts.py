"""The acts around inquiries, protected people and those who need help, in the words of the office."""

from app.language import _


def inquiry_kinds() -> dict[str, str]:
    """Every kind of act of these parts."""
    return {
        'shelters.inquiry_asked': _('安否情報の照会を受け付けた'),
        'shelters.inquiry_closed': _('照会の結果を記録'),
        'shelters.names_published': _('公表する氏名を書き出した'),
        'shelters.protection': _('保護の設定を変えた'),
        'shelters.protected_opened': _('保護している方の記録を開いた'),
        'shelters.disaster_declared': _('災害を宣言'),
        'shelters.disaster_ended': _('災害の対応を終えた'),
        'shelters.vulnerable_imported': _('要支援者名簿を取り込んだ'),
        'shelters.vulnerable_opened': _('要支援者名簿を開いた'),
        'shelters.vulnerable_called': _('要支援者への連絡を記録'),
        'shelters.vulnerable_settled': _('要支援者が避難所にいる人と同じか決めた'),
    }
