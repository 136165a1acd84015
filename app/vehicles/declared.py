"""Whether a disaster is declared, as far as cars that are kept for one are concerned."""

from dataclasses import dataclass

from app.settings import VehicleSettings


@dataclass(slots=True)
class Declared:
    """Set by whoever declares and ends disasters; a drill (訓練) lets no car out."""

    is_on: bool = False

    def applied_to(self, settings: VehicleSettings) -> VehicleSettings:
        """The settings as they hold now: the file may say that cars go out without any declaration."""
        return settings.model_copy(update={'disaster_declared': True}) if self.is_on else settings
