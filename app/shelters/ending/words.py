"""What people read about records that are thrown away."""

from app.language import _
from app.shelters.ending.values import EndingRefused, Part, Problem, State


def part_words() -> dict[Part, str]:
    """Kinds of records."""
    return {
        Part.PEOPLE: _('避難者'),
        Part.HOUSEHOLDS: _('世帯'),
        Part.DWELLINGS: _('住家'),
        Part.FAMILIES: _('家族のスマホからの入力'),
        Part.OPENINGS: _('開設した住民の名前'),
        Part.INQUIRIES: _('安否情報の照会'),
        Part.HEALTH: _('健康の記録(登録のない人)'),
        Part.HELPERS: _('仕事を引き受けた人の名前'),
        Part.NOTES: _('引き継ぎの文'),
        Part.SEARCHES: _('探した言葉(避難所ごと)'),
        Part.LISTED: _('訓練の要支援者名簿'),
        Part.PICTURES: _('写真'),
        Part.COPIES: _('ほかの箱から受け取った写し'),
        Part.ACROSS: _('ほかの避難所の箱と照らし合わせる鍵'),
        Part.OTHER: _('そのほかの記録'),
    }


def state_words() -> dict[State, str]:
    """How far it came."""
    return {
        State.PROPOSED: _('提案した'),
        State.EXPORTED: _('書き出した'),
        State.APPROVED: _('鍵を捨てています'),
        State.FINISHED: _('終わった'),
        State.WITHDRAWN: _('取りやめた'),
    }


def problem_words(error: EndingRefused) -> str:
    """Why nothing was done, and what to do."""
    sentences = {
        Problem.REASON: _('理由を入れてください(300字まで)。'),
        Problem.NO_SHELTER: _('その避難所はありません。'),
        Problem.STILL_OPEN: _('まだ開設中の避難所が {count} か所あります。閉鎖してからにしてください。'),
        Problem.STILL_PRESENT: _('まだ退所していない人が {count} 人います。'),
        Problem.DISASTER: _('災害の宣言が続いています。避難行動要支援者のページで、対応を終えてください。'),
        Problem.UNPAID: _('支払いに渡していない給付が {count} 件あります。'),
        Problem.ALREADY: _('ほかの提案が残っています。先に終えるか、取りやめてください。'),
        Problem.STATE: _('もう進んでいるか、まだ書き出していません。ページを開き直してください。'),
        Problem.NO_RECIPIENT: _(
            '書き出しを読める人が決まっていません。管理者に設定 shelters.recipients を頼んでください。'
        ),
        Problem.BAD_RECIPIENT: _('設定 shelters.recipients に、age の公開鍵でないものがあります。'),
        Problem.SAME_PERSON: _('提案や書き出しをした人とは別の人が承認してください。'),
        Problem.WRONG_FILE: _('書き出したファイルの名前の8文字と違います。最後に書き出したファイルを見てください。'),
        Problem.CHANGED: _('書き出したあとで記録が変わりました。もう一度書き出してください。'),
        Problem.NOT_SURE: _('訓練の記録だけが消えることを確かめてください。'),
    }
    return sentences[error.problem].format(count=f'{error.count:,}')


def finding_words(finding: str) -> str:
    """What a proof found, with the place as the box names it."""
    return _('開ける・残っている・合わないもの: {finding}').format(finding=finding)
