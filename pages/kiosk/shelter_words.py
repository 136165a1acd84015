"""What the reception desk of a shelter says, as plain values."""

from app.desks.refusals import Refusal
from app.language import _
from app.shelters.desk_screens import Problem, Told
from app.shelters.until import Until
from app.shelters.values import LeftFor, PersonClass, ShelterState, Urgency
from pages.kiosk.refusal_words import RefusalWords as Words
from pages.kiosk.refusal_words import refusal_words


def class_words() -> dict[PersonClass, str]:
    """Classes by which people are counted, in the order in which they are pressed."""
    return {
        PersonClass.MAN: _('男性'),
        PersonClass.WOMAN: _('女性'),
        PersonClass.CHILD: _('子ども(6〜14歳)'),
        PersonClass.INFANT: _('乳幼児(5歳まで)'),
    }


def urgency_words() -> dict[Urgency, str]:
    """Why somebody cannot wait."""
    return {
        Urgency.OXYGEN: _('在宅酸素'),
        Urgency.VENTILATOR: _('人工呼吸器'),
        Urgency.DIALYSIS: _('透析'),
        Urgency.INJURY: _('けが・急病'),
    }


def until_words() -> dict[Until, str]:
    """Until when somebody is out."""
    return {
        Until.AN_HOUR: _('1時間くらい'),
        Until.THREE_HOURS: _('3時間くらい'),
        Until.EVENING: _('きょうの夜まで'),
        Until.TOMORROW: _('あすの朝まで'),
        Until.UNKNOWN: _('わからない'),
    }


def left_for_words() -> dict[LeftFor, str]:
    """Where somebody goes who leaves; a death is recorded by staff, not here where citizens pass."""
    return {
        LeftFor.HOME: _('自宅'),
        LeftFor.RELATIVES: _('親戚・知人の家'),
        LeftFor.CAR: _('車の中'),
        LeftFor.OTHER_SHELTER: _('ほかの避難所'),
        LeftFor.STAGE_1_5: _('1.5次避難所'),
        LeftFor.STAGE_2: _('2次避難所'),
        LeftFor.AMBULANCE: _('救急搬送'),
        LeftFor.HOSPITAL: _('入院'),
        LeftFor.ELSEWHERE: _('そのほか'),
        LeftFor.UNKNOWN: _('わからない'),
    }


def told_words(told: Told) -> str:
    """What was recorded last."""
    return {
        Told.REGISTERED: _('受け付けました'),
        Told.ALREADY: _('受付済み'),
        Told.ARRIVED: _('受け付けました'),
        Told.BACK: _('お帰りなさい'),
        Told.SHOWN: _('この方です'),
        Told.BOUND: _('カードを登録しました'),
        Told.NAMED: _('氏名と住所を登録しました'),
        Told.COMPLETED: _('書いた内容を記録に加えました'),
        Told.ENDED_ELSEWHERE: _('もう一方の滞在を終わりにしました'),
        Told.JOINED: _('世帯に加えました'),
        Told.WENT_OUT: _('外出を記録しました'),
        Told.LEFT: _('退所を記録しました'),
        Told.MOVED: _('場所を変えました'),
        Told.CALLED: _('応援を呼びました'),
        Told.FLAGGED_ALONE: _('保護者のいない子どもとして記録しました'),
        Told.WITHDRAWN: _('取り消しました'),
        Told.HANDED_OUT: _('記録しました。渡してください'),
        Told.NOT_HANDED_OUT: _('渡す前に確かめてください'),
    }[told]


def closed_words(state: ShelterState | None) -> tuple[str, str]:
    """Why nobody is received here now, and the next step."""
    if state is None:
        return (
            _('この端末の避難所が決まっていません'),
            _('職員の画面の「避難所の受付」で、この端末の避難所を選んでください'),
        )
    if state is ShelterState.CLOSED:
        return _('この避難所は閉じています'), _('来られた方がいたら、災害対策本部へ連絡してください')
    return (
        _('この避難所はまだ開いていません'),
        _('建物の安全を確かめ、開設の手続きをすると、ここで受付が始まります'),
    )


def problem_words(problem: Problem | Refusal) -> Words:
    """Why a touch, a code or a press did not lead on, and what to do."""
    if isinstance(problem, Refusal):
        return _of_cards().get(problem) or refusal_words(problem)
    return (_of_codes() | _of_pins() | _of_faces() | _of_recording())[problem]


def _of_codes() -> dict[Problem, Words]:
    without = _('カードをタッチするか、「カードのない方」を押してください')
    return {
        Problem.UNKNOWN_CODE: Words('question', _('この避難所で使えるコードではありません'), without),
        Problem.NOT_FOUND: Words('question', _('その番号の方は見つかりません'), _('番号をもう一度確かめてください')),
        Problem.WAIT: Words('wait', _('見つからない番号が続いています'), _('少し待ってから、もう一度入力してください')),
        Problem.OTHER_BOX: Words('question', _('ほかの避難所の番号です'), _('ここでは新しく受け付けてください。')),
        Problem.DRAFT_USED: Words('check', _('この世帯は受付が済んでいます'), _('番号かカードで確かめてください')),
        Problem.DRAFT_EXPIRED: Words('wait', _('この事前入力は期限が過ぎています'), without),
        Problem.DRAFT_OF_OTHERS: Words(
            'question',
            _('書いた人の中に、この番号の方が見つかりません'),
            _('別の方のカードをタッチするか、職員の画面の「避難者」で確かめてください'),
        ),
        Problem.DRAFT_OTHER_CARD: Words(
            'card',
            _('まだ受け付けていない方のカードです'),
            _('受け付けた方のカードをタッチするか、全員を新しく受け付けてください'),
        ),
        Problem.TAKEN: Words('card', _('ほかの方が使っているカードです'), _('別のカードをタッチしてください')),
        Problem.NOT_BY_RESIDENTS: Words(
            'hand', _('住民による開設では、番号で調べられません'), _('カードかリストバンドをタッチしてください')
        ),
        Problem.REAL_CARD: Words('card', _('訓練では使えないカードです'), _('別のカードで試してください')),
    }


def _of_pins() -> dict[Problem, Words]:
    face = _('カードの面の番号で読み取れます')
    return {
        Problem.PIN_WRONG: Words('again', _('暗証番号が違います'), _('ご本人がもう一度入力してください')),
        Problem.PIN_BLOCKED: Words('card', _('このカードは暗証番号で読み取れません'), face),
        Problem.PIN_LAST_TRY: Words('hand', _('あと1回で暗証番号がロックされるため、止めました'), face),
    }


def _of_faces() -> dict[Problem, Words]:
    return {
        Problem.CODE_TYPO: Words('again', _('数字が正しくありません'), _('券面の数字をもう一度確かめてください')),
        Problem.CODE_WRONG: Words('again', _('カードの番号と合いません'), _('券面の数字をもう一度確かめてください')),
        Problem.CODE_BLOCKED: Words(
            'hand', _('券面の番号では読み取れません'), _('氏名なしで受け付け、あとで入力できます')
        ),
        Problem.TORN: Words('again', _('カードが離れました'), _('もう一度、カードを置いてください')),
        Problem.NO_CARD: Words(
            'tap', _('カードを読み取れませんでした'), _('カードを置いてから、もう一度入力してください')
        ),
        Problem.OTHER_CARD: Words('cards', _('はじめと違うカードです'), _('1枚だけ、もう一度タッチしてください')),
        Problem.NOT_MY_NUMBER: Words('card', _('マイナンバーカードではありません'), _('このまま受け付けられます')),
    }


def _of_recording() -> dict[Problem, Words]:
    return {
        Problem.NOT_REGISTERED: Words(
            'question',
            _('受付をしていないカードです'),
            _('先に「受付」で受け付けるか、「登録のない方に渡す」を押してください'),
        ),
        Problem.ITEM_GONE: Words('question', _('その物はもう配っていません'), _('いま配る物を選び直してください')),
        Problem.CHILD_ALONE: Words(
            'hand',
            _('保護者のいない子どもは、ここでは外出も退所もできません'),
            _('職員が引き取る方を確かめます'),
            call=True,
        ),
        Problem.GONE: Words('question', _('この方はいまこの避難所にいません'), _('もう一度タッチしてください')),
        Problem.FAILED: Words(
            'paper', _('記録できませんでした'), _('もう一度試し、続くときは紙に記入してください'), call=True
        ),
        Problem.DISK_FULL: Words('paper', _('記録する場所がいっぱいです'), _('紙に記入してください'), call=True),
    }


def _of_cards() -> dict[Refusal, Words]:
    without = _('「カードのない方」を押して受け付けてください')
    return {
        Refusal.RANDOM_UID: Words('phone', _('受付には使えない種類のカードです'), without),
        Refusal.PHONE_TOKEN: Words('phone', _('スマートフォンの証明書は使えません'), without),
        Refusal.CARD_NOT_USABLE: Words('card', _('受付には使えない種類のカードです'), without),
        Refusal.UID_NOT_ALLOWED: Words('card', _('受付には使えない種類のカードです'), without),
        Refusal.OLD_RESIDENT_CARD: Words('card', _('住民基本台帳カードは使えません'), without),
    }
