"""Words that everybody reads about open shelters."""

from app.language import _
from app.shelters.open_data.directory import Fullness
from app.shelters.values import ShelterKind


def fullness_word(fullness: Fullness) -> str:
    """How full it is."""
    return {
        Fullness.ROOM: _('空きあり'),
        Fullness.CROWDED: _('混雑'),
        Fullness.FULL: _('満員'),
        Fullness.UNKNOWN: _('確認中'),
    }[fullness]


def kind_word(kind: ShelterKind) -> str:
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
    }[kind]
