"""What the home page says about shelters that need a person."""

from app.language import _
from app.shelters.matters import ShelterMatter, ShelterMatterKind
from components.times import day_and_time


def shelter_matter_words(matter: ShelterMatter) -> tuple[str, str, str, str]:
    """The matter, since when, the next step and where."""
    mark = _('【訓練】') if matter.practice else ''
    address = f'/staff/shelters/{matter.shelter}'
    if matter.kind is ShelterMatterKind.BY_RESIDENTS:
        since = _('{since} から').format(since=day_and_time(matter.since)) if matter.since else ''
        title = _('住民が開設した避難所: {name}').format(name=matter.name)
        return f'{mark}{title}', since, _('職員が着いたら、引き継いでください。'), address
    title = _('新しい開設コードがまだ鍵の箱にありません: {name}').format(name=matter.name)
    return f'{mark}{title}', '', _('紙を封筒に入れて鍵の箱に戻し、「鍵の箱に入れた」を押してください。'), address
