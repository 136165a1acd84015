"""`/me/…`: a person's own page, from the QR of their wristband and their birth date."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import Request, Response
from nicegui import app

from app.access.limits import TooSoon
from app.language import _
from app.messages.languages import Language, best_of, speaking
from app.messages.notice import Text
from app.runtime import Box, Condition
from app.shelters.notices import Shown
from app.shelters.own_pages import NotOpened, OwnPage
from app.shelters.values import LeftFor
from app.storage.failures import StorageError
from components.plain_fields import hidden, line, radios
from components.plain_html import Html, tag
from pages.public.family_details import Posted, consent_fields, consent_of
from pages.public.frame import LANGUAGE_FIELD, REFUSED_STATUS, language_of, open_to_all, problem, public_page, told
from pages.public.posting import first_values, posted_many
from pages.public.resident_words import leaving_words
from pages.staff.forms import address_of

ME = '/me/{code}'
TOO_SOON_STATUS, UNAVAILABLE_STATUS = 429, 503
OPEN, LEAVE, CONSENT = 'open', 'leave', 'consent'


def register(condition: Condition) -> None:
    """Open the page."""
    open_to_all(ME)

    @app.get(ME, include_in_schema=False)
    def closed(request: Request, code: str) -> Response:
        page = _Page(condition, code, {}, language_of(request))
        with speaking(page.language):
            return page.closed()

    @app.post(ME, include_in_schema=False)
    async def act(request: Request, code: str) -> Response:
        posted = await posted_many(request)
        page = _Page(condition, code, posted, language_of(request, first_values(posted)))
        with speaking(page.language):
            return await page.answer(condition.require_box(), address_of(request))


class _Page:
    """One answer to one phone. Before it is opened it says nothing of person or place."""

    def __init__(self, condition: Condition, code: str, posted: Posted, language: Language) -> None:
        self._condition = condition
        self._code = code
        self._path = f'/me/{quote(code)}'
        self._posted = posted
        self.language = language

    def closed(self, *trouble: Html, status: int = 200) -> Response:
        words = tag('p', _('自分の番号やお知らせを見られます。本人の生まれた日を書いてください。'))
        form = self._form(
            OPEN, _('開く'), line('birth', _('生まれた日'), hint=_('例: 1946-3-1、昭和21年3月1日'), most=30)
        )
        return self._shown(*trouble, words, form, *self._family(), status=status)

    async def answer(self, box: Box, client: str) -> Response:
        pages, key = box.shelters.own_pages, self._one('key')
        acts: dict[str, Callable[[], Awaitable[OwnPage]]] = {
            OPEN: lambda: pages.open(self._code, self._one('birth'), client),
            LEAVE: lambda: pages.declare_leaving(key, LeftFor(self._one('left_for'))),
            CONSENT: lambda: pages.decide(key, consent_of(self._posted)),
        }
        try:
            page = await acts.get(self._one('act'), acts[OPEN])()
        except TooSoon:
            words = problem(_('何度も間違えました'), _('5分ほど待つか、受付で話してください。'))
            return self.closed(words, status=TOO_SOON_STATUS)
        except (NotOpened, ValueError):
            words = problem(
                _('開けませんでした'), _('生まれた日を確かめてください。わからないときは、受付で話してください。')
            )
            return self.closed(words, status=REFUSED_STATUS)
        except StorageError:
            words = problem(_('いまは記録できません'), _('少し待って、もう一度試してください。'))
            return self.closed(words, status=UNAVAILABLE_STATUS)
        return await self._opened(box, page)

    async def _opened(self, box: Box, page: OwnPage) -> Response:
        saved = [told(_('保存しました'))] if self._one('act') in (LEAVE, CONSENT) else []
        is_called = await box.shelters.person_calls.is_called(page.evacuee.id)
        call = [problem(_('受付が呼んでいます'), _('受付に来てください。'))] if is_called else []
        notices = await _notices(box, page, self.language)
        return self._shown(
            *saved,
            *call,
            _facts(page),
            tag('h2', _('お知らせ')),
            *([_notice(each, self.language) for each in notices] or [tag('p', _('いまお知らせはありません。'))]),
            *self._leaving(page),
            *self._family(),
            tag('h2', _('無事かどうか聞かれたとき')),
            self._form(CONSENT, _('保存する'), hidden('key', page.key), *consent_fields(page.evacuee.details.consent)),
            practice=page.evacuee.practice,
        )

    def _family(self) -> list[Html]:
        words = _('名前、アレルギー、薬など、まだ伝えていないことを書いて、受付に渡せます。')
        link = tag('a', _('自分と家族のことを書く'), href=f'{self._path}/family?{LANGUAGE_FIELD}={self.language.value}')
        return [tag('h2', _('受付に伝えること')), tag('p', words), tag('p', link)]

    def _leaving(self, page: OwnPage) -> list[Html]:
        if page.stay is None:
            return []
        said = page.leaving
        before = [told(_('出ると伝えてあります'), _('出る前に受付に寄ってください。'))] if said else []
        choices = radios('left_for', _('行き先'), leaving_words(), said or '')
        form = self._form(LEAVE, _('出ることを伝える'), hidden('key', page.key), choices)
        return [tag('h2', _('ここを出るとき')), *before, form]

    def _form(self, act: str, button: str, *fields: Html) -> Html:
        lang = hidden(LANGUAGE_FIELD, self.language.value)
        press = tag('button', button, type='submit')
        return tag('form', lang, hidden('act', act), *fields, press, method='post', action=self._path)

    def _shown(self, *content: Html, status: int = 200, practice: bool = False) -> Response:
        return public_page(
            _('自分のページ'),
            self.language,
            *content,
            path=self._path,
            place=_('まちばこ'),
            status=status,
            practice=practice,
        )

    def _one(self, name: str) -> str:
        return next(iter(self._posted.get(name, ())), '')


async def _notices(box: Box, page: OwnPage, language: Language) -> list[Shown]:
    if page.stay is None:
        return []
    shown = await box.shelters.notices.valid(page.stay.shelter, practice=page.evacuee.practice)
    details = page.evacuee.details
    spoken = {details.language, language.value}
    return [each for each in shown if each.is_for(page.stay.area, details.needs, spoken)]


def _facts(page: OwnPage) -> Html:
    facts = [(_('番号'), page.evacuee.number)]
    if page.shelter is not None:
        facts.append((_('登録した避難所'), page.shelter.entry.name))
    if page.household:
        facts.append((_('家族の番号'), '、'.join(page.household)))
    return tag('dl', *(part for name, value in facts for part in (tag('dt', name), tag('dd', value))), class_='fact')


def _notice(notice: Shown, language: Language) -> Html:
    text: Text = best_of(notice.texts, language)
    spoken = next(one for one, each in notice.texts.items() if each is text)
    classes = 'notice notice-urgent' if notice.urgent else 'notice'
    urgent = [tag('p', _('大事なお知らせ'))] if notice.urgent else []
    return tag('article', *urgent, tag('h3', text.subject), tag('p', text.body), class_=classes, lang=spoken.html)
