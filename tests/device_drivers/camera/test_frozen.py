from device_drivers.camera.frozen import FrozenWatch


def test_the_same_picture_for_long_is_frozen() -> None:
    watch = FrozenWatch(pictures=3, seconds=8)
    assert [watch.is_frozen(b'same', at) for at in (0, 4, 8, 12)] == [False, False, True, True]


def test_the_same_picture_many_times_within_a_moment_is_not() -> None:
    watch = FrozenWatch(pictures=3, seconds=8)
    assert not any(watch.is_frozen(b'same', at / 10) for at in range(50))


def test_few_pictures_are_not_frozen_however_long_it_takes() -> None:
    watch = FrozenWatch(pictures=3, seconds=8)
    assert [watch.is_frozen(b'same', at) for at in (0, 60)] == [False, False]


def test_one_other_picture_ends_it() -> None:
    watch = FrozenWatch(pictures=2, seconds=1)
    assert [watch.is_frozen(picture, at) for at, picture in enumerate([b'a', b'a', b'b', b'b'])] == [
        False,
        True,
        False,
        True,
    ]


def test_a_new_connection_counts_from_the_first() -> None:
    watch = FrozenWatch(pictures=2, seconds=0)
    watch.is_frozen(b'same', 0)
    watch.forget()
    assert not watch.is_frozen(b'same', 1)
