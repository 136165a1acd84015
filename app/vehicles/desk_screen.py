"""What the tablets of a car desk show now, with what its devices say."""

from collections.abc import Callable
from dataclasses import asdict, replace

from app import clock
from app.desks.devices import DeskDevices
from app.desks.register import DeskInfo
from app.events import Event
from app.storage.transaction import STORAGE_FAILED
from app.vehicles.desk_checker import DeskChecker, OnReading
from app.vehicles.screens import CarDeskView, DevicesShown
from device_drivers.card_reader.interface import CardReader


class DeskScreen:
    """Keeps the view that was drawn last, and follows the devices meanwhile."""

    def __init__(self, desk: DeskInfo, reader: CardReader, devices: DeskDevices, on_reading: OnReading) -> None:
        self.view = CarDeskView(desk_name=desk.name)
        self.practises = False
        """練習: nothing of it is kept."""
        self._reader = reader
        self.checker = DeskChecker(desk.id, devices, on_reading, self.follow_devices)
        self._storage_failed = False
        self._changed: Event[None] = Event()
        self._stop_listening = STORAGE_FAILED.listen(lambda _fault: self._disk_failed())

    @property
    def devices(self) -> DevicesShown:
        """What they say now."""
        return DevicesShown(
            reader=str(self._reader.state),
            checker=self.checker.state,
            checker_is_typed=self.checker.is_typed,
            blowing=str(self.checker.step.step) if self.checker.step else '',
            seconds_left=self.checker.step.seconds_left if self.checker.step else None,
            clock_doubtful=clock.moment().quality.doubtful,
            storage_failed=self._storage_failed,
            practice=self.practises,
        )

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Be told whenever the view changed; the answer ends it."""
        return self._changed.listen(listener)

    def show(self, view: CarDeskView) -> None:
        """This was drawn."""
        self.view = view
        self._changed.emit(None)

    def follow_devices(self) -> None:
        """One of the devices says something else."""
        self.show(replace(self.view, **asdict(self.devices)))

    def close(self) -> None:
        """Follow nothing any more."""
        self._stop_listening()
        self.checker.close()

    def _disk_failed(self) -> None:
        self._storage_failed = True
        self.follow_devices()
