"""Words of the shelter as residents read them."""

from app.language import _
from app.shelters.values import LeftFor, Need, Place, Sex, Urgency


def sex_words() -> dict[str, str]:
    """性別; nobody must say."""
    return {Sex.NOT_TOLD: _('回答しない'), Sex.FEMALE: _('女性'), Sex.MALE: _('男性')}


def place_words() -> dict[str, str]:
    """Where they want to stay."""
    return {
        Place.SHELTER: _('この避難所の中'),
        Place.CAR: _('車の中'),
        Place.HOME: _('自分の家'),
        Place.OTHER: _('そのほか'),
    }


def need_words() -> dict[str, str]:
    """What they need help with; being old or from abroad is known from other answers."""
    return {
        Need.PHYSICAL: _('体が不自由'),
        Need.SIGHT: _('目が見えない、見えにくい'),
        Need.HEARING: _('耳が聞こえない、聞こえにくい'),
        Need.INTELLECTUAL: _('知的障害がある'),
        Need.MENTAL: _('こころの病気がある'),
        Need.CARE: _('介護がいる'),
        Need.PREGNANT: _('妊娠している'),
        Need.NURSING: _('赤ちゃんに乳をあげている'),
        Need.ILLNESS: _('病気がある'),
        Need.DEVICE: _('医療の機械を使っている'),
        Need.FOREIGN: _('日本語が難しい'),
        Need.ALONE: _('女性や子どもだけでいる'),
    }


def urgency_words() -> dict[str, str]:
    """Why they cannot wait."""
    return {
        Urgency.OXYGEN: _('酸素の機械がいる'),
        Urgency.VENTILATOR: _('人工呼吸器がいる'),
        Urgency.DIALYSIS: _('透析がいる'),
        Urgency.INJURY: _('けがをしている'),
    }


def leaving_words() -> dict[str, str]:
    """Where somebody says that they go."""
    return {
        LeftFor.HOME: _('自分の家'),
        LeftFor.RELATIVES: _('親せきや友だちの家'),
        LeftFor.CAR: _('車の中'),
        LeftFor.OTHER_SHELTER: _('ほかの避難所'),
        LeftFor.HOSPITAL: _('病院'),
        LeftFor.ELSEWHERE: _('そのほか'),
    }


def consent_words() -> dict[str, str]:
    """The three tiers of the 安否情報 form, in one sentence each."""
    return {
        'relatives': _('家族や親せきに聞かれたら、ここにいることを答えてよいですか'),
        'acquaintances': _('友だちや職場の人に聞かれたら、無事だと答えてよいですか'),
        'public': _('避難した人の名簿に、名前をのせて公表してよいですか'),
    }
