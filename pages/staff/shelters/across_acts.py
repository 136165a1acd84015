"""What the journal says of people whom several boxes recognise."""

from app.language import _


def across_kinds() -> dict[str, str]:
    """Acts between the boxes of shelters; no line says whom it is about."""
    return {
        'shelters.token_recognised': _('前に登録したカードを、ほかの箱との照合に加えた'),
        'shelters.across_key': _('ほかの箱と照らし合わせる鍵を作った'),
        'shelters.across_key_ended': _('ほかの箱と照らし合わせる鍵を捨てた'),
        'shelters.across_fact': _('ほかの箱へ照合の記録を伝えた'),
        'shelters.across_copied': _('写しから照合の記録を取り込んだ'),
        'shelters.across_passed_on': _('照合の記録をほかの箱へ取り次いだ'),
    }
