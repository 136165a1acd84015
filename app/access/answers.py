"""What a request that is not let in gets to see."""

from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.access.asked import Asked
from app.access.judgement import Refusal
from app.language import _, current_language

SIGN_IN_PATH = '/sign-in'
ACCOUNT_PATH = '/staff/account'
STATUS = {
    Refusal.NO_SUCH_PAGE: 404,
    Refusal.SIGN_IN_FIRST: 401,
    Refusal.TOKEN_MISSING: 401,
    Refusal.TOKEN_UNKNOWN: 401,
    Refusal.TOO_LARGE: 413,
    Refusal.CANNOT_RECORD: 503,
}
FORBIDDEN = 403


def answer(refusal: Refusal, asked: Asked) -> Response:
    """A redirect, an error in JSON, or a page that says what to do."""
    if asked.is_for_programs:
        return _json(refusal)
    if refusal is Refusal.SIGN_IN_FIRST:
        back = '' if asked.changes_something else f'?{urlencode({"next": asked.address_to_return_to})}'
        return RedirectResponse(SIGN_IN_PATH + back, status_code=303)
    if refusal is Refusal.CHANGE_PASSWORD_FIRST:
        return RedirectResponse(ACCOUNT_PATH, status_code=303)
    return HTMLResponse(_page(*words(refusal)), status_code=STATUS.get(refusal, FORBIDDEN))


def words(refusal: Refusal) -> tuple[str, str]:
    """What happened, and what to do next."""
    return {
        Refusal.NO_SUCH_PAGE: (_('ページがありません'), _('アドレスを確かめるか、最初の画面へ戻ってください。')),
        Refusal.TABLET_ELSEWHERE: (
            _('この端末では開けません'),
            _('この端末は窓口専用です。職員用の画面は、ご自分のパソコンで開いてください。'),
        ),
        Refusal.NOT_ENROLLED: (
            _('この端末は登録されていません'),
            _('管理者が「窓口」の画面で出す登録用アドレスを、この端末で開いてください。'),
        ),
        Refusal.SIGN_IN_FIRST: (_('サインインしてください'), _('職員番号とパスワードでサインインしてください。')),
        Refusal.CHANGE_PASSWORD_FIRST: (_('パスワードを変えてください'), _('仮のパスワードのままでは使えません。')),
        Refusal.NOT_ALLOWED: (
            _('この画面を開く権限がありません'),
            _('必要なときは、管理者に権限の付与を依頼してください。'),
        ),
        Refusal.FOREIGN_ORIGIN: (
            _('受け付けられませんでした'),
            _('まちばこの画面を開き直して、もう一度操作してください。'),
        ),
        Refusal.TOKEN_MISSING: (_('トークンがありません'), _('Authorization: Bearer でトークンを送ってください。')),
        Refusal.TOKEN_UNKNOWN: (_('トークンが使えません'), _('管理者に新しいトークンを依頼してください。')),
        Refusal.WRONG_SCOPE: (_('このトークンでは使えません'), _('必要なスコープのトークンを依頼してください。')),
        Refusal.TOO_LARGE: (_('送られた内容が大きすぎます'), _('内容を減らして、もう一度送ってください。')),
        Refusal.CANNOT_RECORD: (_('記録できません'), _('紙に記入してください。')),
    }[refusal]


def _json(refusal: Refusal) -> Response:
    status = STATUS.get(refusal, FORBIDDEN)
    headers = {'WWW-Authenticate': 'Bearer'} if status == 401 else None
    message = ' '.join(words(refusal))
    return JSONResponse({'error': {'code': refusal.value, 'message': message}}, status_code=status, headers=headers)


def _page(title: str, next_step: str) -> str:
    return (
        f'<!doctype html><html lang="{escape(current_language())}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><style>body{{font-family:sans-serif;font-size:1.5rem;line-height:1.7;'
        'max-width:36rem;margin:15vh auto;padding:0 1.5rem;color:#1a1a1a;background:#fff}h1{font-size:2rem}</style>'
        f'</head><body><main><h1>{escape(title)}</h1><p>{escape(next_step)}</p></main></body></html>'
    )
