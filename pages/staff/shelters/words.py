"""Words for what shelters are and how they stand."""

from app.language import _
from app.shelters.safety_check import Answer, Question
from app.shelters.values import AreaKind, ShelterKind, ShelterState


def kind_words() -> dict[ShelterKind, str]:
    """What kind of place it is."""
    return {
        ShelterKind.DESIGNATED: _('指定避難所'),
        ShelterKind.WELFARE: _('福祉避難所'),
        ShelterKind.TEMPORARY: _('臨時避難所'),
        ShelterKind.SELF_ORGANISED: _('自主避難所'),
        ShelterKind.STRANDED: _('一時滞在施設'),
        ShelterKind.STAGE_1_5: _('1.5次避難所'),
        ShelterKind.STAGE_2: _('2次避難所'),
        ShelterKind.PARKED_CARS: _('車中泊の場所'),
        ShelterKind.AT_HOME: _('在宅避難者の支援'),
    }


def state_words() -> dict[ShelterState, str]:
    """Whether people can come."""
    return {
        ShelterState.NOT_OPENED: _('未開設'),
        ShelterState.OPENED_BY_RESIDENTS: _('住民による開設'),
        ShelterState.OPENED: _('開設中'),
        ShelterState.FULL: _('満員'),
        ShelterState.CLOSED: _('閉鎖'),
    }


def area_kind_words() -> dict[AreaKind, str]:
    """Whom an area is kept for."""
    return {
        AreaKind.GENERAL: _('だれでも'),
        AreaKind.WOMEN: _('女性'),
        AreaKind.FAMILIES: _('子ども連れ'),
        AreaKind.CARE: _('介護・介助'),
        AreaKind.ISOLATION: _('感染症'),
        AreaKind.PETS: _('ペット'),
        AreaKind.CARS: _('車'),
    }


def question_words() -> dict[Question, str]:
    """What residents looked at, in a list."""
    return {
        Question.CRACKS: _('柱や壁の大きなひび'),
        Question.TILT: _('建物の傾き'),
        Question.GAS: _('ガスの臭い'),
        Question.WATER: _('水が出る'),
        Question.TOILETS: _('トイレが使える'),
    }


def answer_words() -> dict[Answer, str]:
    """What residents answered."""
    return {Answer.YES: _('はい'), Answer.NO: _('いいえ'), Answer.UNSURE: _('分からない')}


def people_words(people: int | None) -> str:
    """A number of people; unknown is not 0."""
    return _('未入力') if people is None else _('{count}人').format(count=f'{people:,}')


def refused_words(field: str) -> str:
    """Why nothing was changed."""
    return {
        'name': _('名称を入力してください。'),
        'code': _('同じIDの避難所が既にあります。'),
        'here': _('この箱を置ける避難所は1つだけです。'),
        'state': _('開設中は変えられません。先に閉鎖してください。'),
    }.get(field, _('この避難所はもうありません。'))
