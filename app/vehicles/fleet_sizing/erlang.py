"""Erlang's loss formula: a cross-check of the replay (domain/vehicles_and_attendance.md 4.2)."""


def erlang_b(load: float, cars: int) -> float:
    """Share (0 to 1) of trips refused by this many cars.

    `load` is the mean number of cars that would be out if none were refused: trips per hour times hours per trip.

    Raises:
        ValueError: a load or a number of cars below zero.
    """
    if load < 0 or cars < 0:
        raise ValueError('load and cars are never negative')
    refused = 1.0
    for number in range(1, cars + 1):
        refused = load * refused / (number + load * refused)
    return refused


def cars_for(load: float, refused: float) -> int:
    """Fewest cars that refuse at most this share (0 to 1) of random trips.

    Raises:
        ValueError: a load below zero, or a share that is not above 0 and at most 1.
    """
    if load < 0 or not 0 < refused <= 1:
        raise ValueError('the load is never negative, the share lies above 0 and at most at 1')
    share, cars = 1.0, 0
    while share > refused:
        cars += 1
        share = load * share / (cars + load * share)
    return cars
