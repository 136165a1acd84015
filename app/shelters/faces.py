"""What the face of a My Number Card says about its holder, in the words of the register."""

import re
import unicodedata

from app import clock
from app.shelters.desk_shown import FaceShown
from app.shelters.details import PersonDetails, age_on
from app.shelters.shown_people import called_name
from app.shelters.values import Sex
from device_drivers.cards.text_application import FaceAttributes, FaceKey, FaceKeyKind, FaceSex

SEXES = {FaceSex.MALE: Sex.MALE, FaceSex.FEMALE: Sex.FEMALE}
PREFECTURE = re.compile(r'.{2,3}?[都道府県]')
MUNICIPALITY = re.compile(r'.{2,}?[市区町村]')
CODE_B = re.compile(r'\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])20\d{2}\d{4}', re.ASCII)


def details_of_face(face: FaceAttributes) -> PersonDetails:
    """Name, address, birth date and sex as the card has them."""
    return PersonDetails(name=face.name, address=face.address, birth_date=face.birth_date, sex=SEXES.get(face.sex))


def face_shown(face: FaceAttributes, shelter_address: str) -> FaceShown:
    """What of a face the screen shows before it is recorded."""
    age = age_on(face.birth_date, clock.today()) if face.birth_date else None
    return FaceShown(surname=called_name(face.name), age=age, visitor=is_visitor(face.address, shelter_address))


def is_visitor(address: str, shelter_address: str) -> bool:
    """Whether somebody lives in another municipality than the shelter stands in; unknown addresses are not."""
    prefecture, rest = _parts(shelter_address)
    municipality = MUNICIPALITY.match(rest)
    if municipality is None or not address:
        return False
    own_prefecture, own_rest = _parts(address)
    elsewhere = bool(prefecture and own_prefecture and prefecture != own_prefecture)
    return elsewhere or not own_rest.startswith(municipality.group())


def can_be_sent(key: FaceKey) -> bool:
    """Whether the digits can be what the card waits for, so that a slip costs none of its tries."""
    return key.is_complete and (key.kind is FaceKeyKind.PIN or CODE_B.fullmatch(key.digits) is not None)


def _parts(address: str) -> tuple[str, str]:
    plain = ''.join(unicodedata.normalize('NFKC', address).split())
    prefecture = PREFECTURE.match(plain)
    return (prefecture.group(), plain[prefecture.end() :]) if prefecture else ('', plain)
