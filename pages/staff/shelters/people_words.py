"""Words for what is known about people, and for where they are."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from app.language import _
from app.shelters.departures import Going
from app.shelters.duplicate_pairs import Reason
from app.shelters.people_list import Flag
from app.shelters.roll_call_sheet import Mark
from app.shelters.search import SearchReason
from app.shelters.values import Assured, LeftFor, Need, Place, Sex, StayState, Urgency

Word = TypeVar('Word', bound=StrEnum)


def by_value(words: Mapping[Word, str]) -> dict[str, str]:
    """Words by what a form posts."""
    return {str(one): said for one, said in words.items()}


def place_words() -> dict[Place, str]:
    """Where somebody stays (滞在を希望する場所)."""
    return {
        Place.SHELTER: _('避難所の中'),
        Place.CAR: _('車の中'),
        Place.HOME: _('自宅'),
        Place.OTHER: _('そのほか'),
    }


def stay_words() -> dict[StayState, str]:
    """Whether somebody is there."""
    return {
        StayState.PRESENT: _('在所'),
        StayState.AWAY: _('外出中'),
        StayState.LEFT: _('退所'),
    }


def left_for_words() -> dict[LeftFor, str]:
    """Where somebody went; said with care."""
    return {
        LeftFor.HOME: _('自宅へ'),
        LeftFor.RELATIVES: _('親戚・知人の家へ'),
        LeftFor.CAR: _('車の中へ'),
        LeftFor.STAGE_1_5: _('1.5次避難所へ'),
        LeftFor.STAGE_2: _('2次避難所へ'),
        LeftFor.OTHER_SHELTER: _('ほかの避難所へ'),
        LeftFor.AMBULANCE: _('救急搬送された'),
        LeftFor.HOSPITAL: _('入院された'),
        LeftFor.DIED: _('亡くなられた'),
        LeftFor.ELSEWHERE: _('そのほかへ'),
        LeftFor.UNKNOWN: _('行き先は分からない'),
    }


def departure_words(going: Going, shelters: Mapping[UUID, str]) -> tuple[str, ...]:
    """What was told at a leaving beside its kind, a line each."""
    there = shelters.get(going.shelter, '') if going.shelter else ''
    supplies = _('物資の支援が要る') if going.needs_supplies else ''
    return tuple(line for line in (there, going.words, supplies) if line)


def flag_words() -> dict[Flag, str]:
    """What people are looked for by."""
    return {
        Flag.URGENT: _('急ぎの手当てが必要'),
        Flag.NEEDS: _('配慮が必要'),
        Flag.UNACCOMPANIED: _('保護者のいない子ども'),
        Flag.SILENT: _('長く姿が見えない'),
        Flag.UNNAMED: _('氏名が未入力'),
        Flag.VISITOR: _('市外から来た人'),
    }


def search_reasons() -> dict[str, str]:
    """Why staff look for somebody."""
    return {
        str(SearchReason.SAFETY_INQUIRY): _('安否の照会'),
        str(SearchReason.FAMILY_ASKED): _('家族からの依頼'),
        str(SearchReason.LIST_CHECK): _('名簿の確認'),
        str(SearchReason.BENEFIT): _('給付・配布'),
        str(SearchReason.OTHER): _('その他'),
    }


def need_words() -> dict[Need, str]:
    """要配慮者, as the forms say it."""
    return {
        Need.ELDERLY: _('高齢'),
        Need.PHYSICAL: _('身体の障害'),
        Need.SIGHT: _('視覚の障害'),
        Need.HEARING: _('聴覚の障害'),
        Need.INTELLECTUAL: _('知的障害'),
        Need.MENTAL: _('精神障害'),
        Need.CARE: _('介護が必要'),
        Need.PREGNANT: _('妊娠中'),
        Need.NURSING: _('授乳中'),
        Need.INFANT: _('乳幼児'),
        Need.ILLNESS: _('持病'),
        Need.DEVICE: _('医療機器'),
        Need.FOREIGN: _('日本語での支援が必要'),
        Need.ALONE: _('女性や子どもの単身'),
    }


def urgency_words() -> dict[Urgency, str]:
    """Why somebody cannot wait."""
    return {
        Urgency.OXYGEN: _('在宅酸素'),
        Urgency.VENTILATOR: _('人工呼吸器'),
        Urgency.DIALYSIS: _('透析'),
        Urgency.INJURY: _('けが・急病'),
    }


def sex_words() -> dict[Sex, str]:
    """性別, never demanded."""
    return {Sex.MALE: _('男性'), Sex.FEMALE: _('女性'), Sex.NOT_TOLD: _('回答しない')}


def assured_words() -> dict[Assured, str]:
    """How sure the desk is of what it knows."""
    return {
        Assured.COUNTED: _('人数だけ'),
        Assured.TOLD: _('本人や家族の申し出'),
        Assured.CARD_DATA: _('カードから読み取り'),
        Assured.SIGHTED: _('職員が書類で確認'),
    }


def reason_words() -> dict[Reason, str]:
    """What two records have in common."""
    return {
        Reason.SAME_NAME: _('氏名が同じ'),
        Reason.LIKE_NAME: _('読みが似ている'),
        Reason.SAME_BIRTH: _('生年月日が同じ'),
        Reason.LIKE_BIRTH: _('生年月日が1か所だけ違う'),
        Reason.SAME_PHONE: _('電話番号が同じ'),
        Reason.SAME_ADDRESS: _('住所が同じ'),
    }


def mark_words() -> dict[Mark, str]:
    """What a roll call found."""
    return {Mark.PRESENT: _('いる'), Mark.ABSENT: _('外出など'), Mark.NOT_FOUND: _('見当たらない')}


def field_words() -> dict[str, str]:
    """Fields of a person, in the order of 避難所利用者登録票 and the 安否情報 form."""
    return {
        'name': _('氏名'),
        'kana': _('フリガナ'),
        'birth_date': _('生年月日'),
        'sex': _('性別'),
        'postal_code': _('郵便番号'),
        'address': _('住所'),
        'neighbourhood': _('町会'),
        'phone': _('電話番号'),
        'contact': _('緊急の連絡先'),
        'relation': _('続柄'),
        'nationality': _('国籍'),
        'language': _('ことば'),
        'identifying': _('ほかに本人と分かること'),
        'injury': _('けが・病気'),
        'condition': _('いまの状況'),
        'urgencies': _('急ぎの手当て'),
        'needs': _('配慮が必要なこと'),
        'devices': _('医療機器'),
        'medicine': _('薬'),
        'allergies': _('アレルギー'),
        'care_level': _('要介護度・手帳'),
        'diet': _('食事の注意'),
        'pets': _('ペット'),
        'car': _('車(車種・色・番号)'),
        'skills': _('手伝えること・資格'),
        'home_damage': _('自宅の被害'),
        'onward': _('これから向かう先'),
        'remarks': _('備考'),
        'unaccompanied': _('保護者のいない子ども'),
        'consent': _('安否の照会への同意'),
    }


def consent_words() -> dict[str, str]:
    """The three tiers of the 安否情報 form (⑫ to ⑭)."""
    return {
        'relatives': _('親族・同居者からの照会に答えてよい'),
        'acquaintances': _('知人からの照会に答えてよい'),
        'public': _('氏名などを公表してよい'),
    }


def answer_words(answer: bool | None) -> str:
    """What somebody answered; not asked is not no."""
    if answer is None:
        return _('まだ聞いていない')
    return _('はい') if answer else _('いいえ')
