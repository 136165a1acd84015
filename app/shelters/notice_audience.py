"""Which subscribers of messages are meant by needs of evacuees: two vocabularies, and what they have in common."""

from collections.abc import Collection

from app.messages.languages import Language
from app.messages.notice import Audience
from app.shelters.values import Need

SUBSCRIBERS_WORDS: dict[Need, frozenset[str]] = {
    Need.ELDERLY: frozenset({'高齢', '高齢者'}),
    Need.PHYSICAL: frozenset({'身体の障害', '身体障害', '体が不自由', '肢体不自由', '車いす', '車椅子'}),
    Need.SIGHT: frozenset({'視覚の障害', '視覚障害', '目が見えない、見えにくい'}),
    Need.HEARING: frozenset({'聴覚の障害', '聴覚障害', '耳が聞こえない、聞こえにくい'}),
    Need.INTELLECTUAL: frozenset({'知的障害', '知的障害がある'}),
    Need.MENTAL: frozenset({'精神障害', 'こころの病気がある'}),
    Need.CARE: frozenset({'介護', '介護が必要', '介護がいる', '要介護'}),
    Need.PREGNANT: frozenset({'妊娠', '妊娠中', '妊娠している', '妊婦', '妊産婦'}),
    Need.NURSING: frozenset({'授乳', '授乳中', '赤ちゃんに乳をあげている'}),
    Need.INFANT: frozenset({'乳幼児', '乳児', '幼児', '赤ちゃん'}),
    Need.ILLNESS: frozenset({'持病', '病気', '病気がある', '難病', '透析', '人工透析'}),
    Need.DEVICE: frozenset({'医療機器', '医療の機械を使っている', '在宅酸素', '酸素', '人工呼吸器'}),
    Need.FOREIGN: frozenset({'日本語での支援が必要', '日本語が難しい', '外国人'}),
    Need.ALONE: frozenset({'女性や子どもの単身', '女性や子どもだけでいる'}),
}
"""Whoever subscribed with one of these words has the need, or a narrower one (透析 is ILLNESS)."""
OTHER_LANGUAGES = frozenset(Language) - {Language.JAPANESE}


class NeedsNotSubscribed(Exception):
    """Subscribers cannot name these needs: by e-mail and LINE nobody, or everybody, would be told."""

    def __init__(self, needs: frozenset[Need]) -> None:
        super().__init__(', '.join(sorted(needs)))
        self.needs = needs


def audience_for(
    areas: frozenset[str],
    needs: frozenset[Need],
    vocabulary: Collection[str],
    languages: frozenset[Language] = frozenset(),
) -> Audience:
    """The subscribers who are meant, where `vocabulary` are the needs that they can choose from.

    Raises:
        NeedsNotSubscribed: some of the needs have no word there.
    """
    words = {need: SUBSCRIBERS_WORDS[need] & frozenset(vocabulary) for need in needs}
    foreign = languages & OTHER_LANGUAGES if languages else OTHER_LANGUAGES
    if needs == {Need.FOREIGN} and not words[Need.FOREIGN] and foreign:
        return Audience(areas=areas, languages=foreign)
    unknown = frozenset(need for need, found in words.items() if not found)
    if unknown:
        raise NeedsNotSubscribed(unknown)
    return Audience(areas=areas, needs=frozenset().union(*words.values()), languages=languages)
