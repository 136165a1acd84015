"""The checker of a drill asks everybody who could give a protected person away."""

from dataclasses import dataclass, field
from uuid import UUID

from app.shelters.drill.asking import ASKERS, texts_in
from tests.app.shelters.test_protected_everywhere import GIVERS

ASKED_ELSEWHERE = {
    'vulnerable.register.VulnerableRegister.open': 'its list names people who were never at a shelter',
}


@dataclass(frozen=True, slots=True)
class Silent:
    """Its repr says nothing."""

    name: str = field(repr=False)
    number: UUID = field(repr=False)


def test_every_function_that_gives_people_out_is_asked_by_the_checker_too() -> None:
    assert set(GIVERS) - set(ASKED_ELSEWHERE) - set(ASKERS) == set()


def test_what_a_repr_keeps_to_itself_is_seen_all_the_same() -> None:
    one = Silent('能登谷 花子', UUID(int=7))
    assert set(texts_in({'rows': [(one, None, 3)], 'file': '円山'.encode()})) == {
        'rows',
        'file',
        '円山',
        '能登谷 花子',
        str(UUID(int=7)),
    }
