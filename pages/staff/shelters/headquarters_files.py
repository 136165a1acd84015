"""`/staff/headquarters/files`: the figures as files for other systems, by templates that the vendor must confirm."""

from collections.abc import Sequence
from urllib.parse import quote

from fastapi import Request, Response

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Condition
from app.shelters.exchange_files.fields import FIELDS
from app.shelters.exchange_files.service import TemplateFile
from app.shelters.exchange_files.template import Letters, Template, TemplateError, form_words, rows_words
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import plain_form
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import HEADQUARTERS
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

FILES = '/staff/headquarters/files'
EXPORT = '/staff/headquarters/files/export'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page and the files."""

    @guarded_page(FILES, permission=Permission.COMMAND_SHELTERS)
    async def files() -> None:
        box = condition.require_box()
        _draw(await box.shelters.exchange_files.templates(), str(box.directory.exchange_templates))

    @guarded_post(EXPORT, permission=Permission.COMMAND_SHELTERS)
    async def export(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        box, form = condition.require_box(), await posted(request)
        practice = form.get('practice') == '1'
        try:
            made = await box.shelters.exchange_files.export(form.get('template', ''), actor, practice=practice)
        except TemplateError as error:
            found, problems = await box.shelters.exchange_files.templates(), error.problems
            directory = str(box.directory.exchange_templates)
            return drawn(request, lambda: _draw(found, directory, problems), REFUSED_STATUS)
        name = quote(made.file_name)
        disposition = f'attachment; filename="shelters"; filename*=UTF-8\'\'{name}'
        headers = {'Content-Type': made.media_type, 'Content-Disposition': disposition, 'Cache-Control': 'no-store'}
        return Response(made.content, headers=headers)


def _draw(found: Sequence[TemplateFile], directory: str, problems: Sequence[str] = ()) -> None:
    with staff_page(_('ほかのシステムへ渡すファイル'), HEADQUARTERS):
        text('a', _('災害対策本部へ戻る'), '', href=HEADQUARTERS)
        for problem in problems:
            text('p', problem, 'form-error', role='alert')
        text('p', _('避難所の数字だけを出力します。人の名前は入りません。だれがいつ出力したかを記録簿に残します。'))
        message_box(
            MessageKind.WARNING,
            _('列の名前と書き方は、相手先のシステムの会社に必ず確かめてください。'),
            _('仕様が公開されていないため、はじめから入っているテンプレートは案です。'),
        )
        if not found:
            empty_state(_('テンプレートがありません'), _('下の場所に置いてください。'))
        for each in found:
            _draw_template(each)
        with element('section', 'section', aria_label=_('自分のテンプレートを置く')):
            text('h2', _('自分のテンプレートを置く'), 'section-title')
            words = _('TOMLのファイルを {directory} に置くと、同じ名前のものの代わりに使います。')
            text('p', words.format(directory=directory))
            text('p', _('はじめから入っているファイルを写して、列の名前を書き換えてください。'))
            text('p', _('使える項目: {fields}').format(fields='、'.join(sorted(FIELDS))), 'quiet')


def _draw_template(each: TemplateFile) -> None:
    title = each.template.title if each.template else each.name
    with element('section', 'desk-card', aria_label=title):
        text('h2', title, 'needs-name')
        if each.own:
            text('p', _('このまちで置いたテンプレート'), 'quiet')
        if each.template is None:
            text('p', _('このテンプレートは使えません。'), 'state', data_state='missing')
            for problem in each.problems:
                text('p', problem)
            return
        _draw_facts(each.template)
        with plain_form(EXPORT, _('ファイルを作る'), hidden={'template': each.name}):
            if each.template.marks_drills:
                _draw_practice(each.name)


def _draw_facts(template: Template) -> None:
    form, rows = form_words()[template.form], rows_words()[template.rows]
    letters = {Letters.UTF8: 'UTF-8', Letters.UTF8_BOM: _('UTF-8(BOM付き)'), Letters.CP932: 'Shift-JIS'}
    facts = _('{target}: {form}、{letters}、{rows}、{count}列')
    text(
        'p',
        facts.format(
            target=template.target or _('相手先が未記入'),
            form=form,
            letters=letters[template.letters],
            rows=rows,
            count=len(template.columns),
        ),
    )
    if template.confirmed:
        text('p', _('確認済み: {words}').format(words=template.confirmed), 'state', data_state='ready')
    else:
        text('p', _('列は未確認です'), 'state', data_state='missing')
    if template.notes:
        text('p', template.notes, 'quiet')


def _draw_practice(name: str) -> None:
    with element('label', 'tick'):
        element('input', '', id=f'practice-{name}', type='checkbox', name='practice', value='1')
        text('span', _('訓練の数字を出力する'))
