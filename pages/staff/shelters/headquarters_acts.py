"""The acts of headquarters, in the words of the office."""

from app.language import _


def headquarters_kinds() -> dict[str, str]:
    """Every kind of act of these pages, and of what boxes tell each other for them."""
    return {
        'shelters.figures': _('ほかの箱へ避難所の数字を伝えた'),
        'shelters.figures_exported': _('避難所の数字をほかのシステム用に出力'),
        'shelters.ledger_exported': _('被災者台帳を出力'),
        'shelters.ledger_opened': _('被災者台帳で保護が必要な方を開いた'),
        'shelters.handing_over_printed': _('本部の引き継ぎを印刷'),
    }
