"""A map of points, drawn by the box itself."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from components.map_svg import CIRCLE, DOT, MOST_NAMES, SIDE, SQUARE, Mark, map_svg

COORDINATES = st.tuples(st.floats(36.3, 36.8), st.floats(136.5, 136.9))


@given(places=st.lists(COORDINATES, min_size=1, max_size=60), name=st.text(max_size=12))
def test_every_place_stands_on_the_map_whatever_its_name(places: list[tuple[float, float]], name: str) -> None:
    safe = ''.join(letter for letter in name if letter.isprintable())
    marks = [Mark(number, safe, *place, CIRCLE) for number, place in enumerate(places, 1)]
    drawing = ElementTree.fromstring(map_svg(marks, title='地図', north='北'))  # noqa: S314 - our own drawing
    groups = [one for one in drawing.iter('{http://www.w3.org/2000/svg}g') if one.find('{*}title') is not None]
    assert len(groups) == len(places)
    for group in groups:
        x, y = (float(part) for part in group.attrib['transform'][10:-1].split())
        assert 0 <= x <= SIDE
        assert 0 <= y <= SIDE


def test_north_is_up_and_east_is_right() -> None:
    south_west = Mark(1, '南西', 36.5, 136.6, CIRCLE)
    north_east = Mark(2, '北東', 36.6, 136.7, SQUARE)
    drawing = map_svg([south_west, north_east], title='地図', north='北')
    places = [part.split(')')[0].split() for part in drawing.split('translate(')[1:3]]
    (east, north), (west, south) = ((float(x), float(y)) for x, y in places)
    assert (west < east, north < south) == (True, True)


def test_what_needs_no_label_does_not_turn_the_names_of_the_others_into_numbers() -> None:
    quiet = [Mark(number, '未開設', 36.5 + number / 1000, 136.6, DOT, labelled=False) for number in range(MOST_NAMES)]
    drawing = map_svg([Mark(99, '泉小', 36.55, 136.7, CIRCLE), *quiet], title='地図', north='北', side=480)
    assert '>泉小</text>' in drawing
    assert '>未開設</text>' not in drawing
    assert 'viewBox="0 0 480 480"' in drawing


def test_the_first_mark_lies_on_top_of_what_stands_at_the_same_place() -> None:
    marks = [Mark(number, name, 36.5, 136.6, CIRCLE) for number, name in ((1, '急ぐ'), (2, '急がない'))]
    drawing = map_svg(marks, title='地図', north='北')
    assert drawing.index('>2 急がない</title>') < drawing.index('>1 急ぐ</title>')
