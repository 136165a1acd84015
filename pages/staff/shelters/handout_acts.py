"""The acts around handing out, stock, requests and benefits, in the words of the office."""

from app.language import _
from pages.staff.shelters.handouts_words import (
    answer_words,
    benefit_words,
    entitled_words,
    kind_words,
    move_words,
    proxy_words,
    request_words,
    share_words,
)


def handout_kinds() -> dict[str, str]:
    """Every kind of act of these parts."""
    return {
        'shelters.item_saved': _('配る物のきまりを保存'),
        'shelters.item_retired': _('配る物を使わないようにした'),
        'shelters.handed_out': _('物を渡した'),
        'shelters.surplus_handed_out': _('記名なしで物を渡した'),
        'shelters.handout_taken_back': _('渡した記録を取り消した'),
        'shelters.stock_moved': _('在庫を記録'),
        'shelters.request_drafted': _('要請の下書きを作成'),
        'shelters.request_changed': _('要請の状態を変更'),
        'shelters.benefit_applied': _('給付の申請を受け付けた'),
        'shelters.benefit_decided': _('給付の申請を判断'),
        'shelters.benefits_exported': _('給付を支払いへ渡した'),
        'shelters.benefit_papers_made': _('給付の書類を書き出した'),
    }


def handout_fields() -> dict[str, str]:
    """Parts of their lines."""
    return _of_items() | _of_moves()


def handout_values() -> dict[str, dict[str, str]]:
    """Values that have words, by the part of the line."""
    items = {str(key): words for key, words in kind_words().items()}
    moves = {str(key): words for key, words in move_words().items()}
    requests = {str(key): words for key, words in request_words().items()}
    benefits = {str(key): words for key, words in benefit_words().items()}
    return {
        'kind': items | moves,
        'state': requests | benefits,
        'share': {str(key): words for key, words in share_words().items()},
        'entitled': {str(key): words for key, words in entitled_words().items()},
        'proxies': {str(key): words for key, words in proxy_words().items()},
        'overrode': {str(key): words for key, words in answer_words().items()},
    }


def _of_items() -> dict[str, str]:
    return {
        'item': _('品目ID'),
        'code': _('コード'),
        'added': _('新しく追加'),
        'unit': _('単位'),
        'portion': _('1回に渡す数'),
        'by_size': _('人数分'),
        'share': _('回数の数え方'),
        'interval_minutes': _('次に渡すまでの分'),
        'per_day': _('1日に渡す回数'),
        'in_all': _('全部で渡す回数'),
        'excludes': _('どちらか一方にする品目'),
        'only_for': _('対象の区分'),
        'entitled': _('渡す相手'),
        'proxies': _('代わりの受け取り'),
        'allergens': _('アレルゲン'),
        'warn_below': _('要請を作る在庫'),
        'amount': _('金額(円)'),
    }


def _of_moves() -> dict[str, str]:
    return {
        'handout': _('渡した記録のID'),
        'shelter': _('避難所ID'),
        'household': _('世帯ID'),
        'collected_by': _('受け取った方のID'),
        'quantity': _('数'),
        'overrode': _('職員の判断で外したきまり'),
        'proxy': _('受け取った方'),
        'practice': _('訓練'),
        'change': _('増減'),
        'counted': _('数えた数'),
        'expires_on': _('賞味・使用期限'),
        'note': _('備考'),
        'request': _('要請ID'),
        'what': _('内容'),
        'approved_quantity': _('承認した数'),
        'received': _('届いた数'),
        'needed_by': _('いつまでに'),
        'automatic': _('自動で作成'),
        'state': _('状態'),
        'benefit': _('申請ID'),
        'evidence': _('確認書類のID'),
        'payee': _('振込先'),
        'count': _('件数'),
    }
