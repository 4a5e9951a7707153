"""The kiosk with its screen: the application and the window, made for each other."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Self, cast

from config.loading import Configuration, hall_ids, load_hall
from devices.camera.contract import PreviewSource
from kiosk.application import KioskApplication, Surroundings, walk_in_services
from kiosk.visit.machine import begin
from kiosk.visit.visit import Visit
from ui.app import KioskWindow
from ui.camera_preview import Frame, FrameSource, no_camera
from ui.presentation.place import Place


class Kiosk:
    """The kiosk's software as a whole. Made, and closed, on the screen's thread."""

    def __init__(
        self, configuration: Configuration, surroundings: Surroundings, *, animated: bool = True
    ) -> None:
        """Start the devices and load the screen; show it with the window's methods.

        Raises:
            SecretError, JournalError, UnknownDeviceUri: as `KioskApplication` does.
            TranslationError, ScreenError: as `KioskWindow` does.
        """
        relay = _Relay()
        self.application = KioskApplication(configuration, surroundings, relay)
        rules = self.application.rules
        with ExitStack() as undone:
            undone.callback(self.application.stop)
            self.window = KioskWindow(
                place_of(configuration),
                begin("", rules, rules.required).visit,
                self.application.post,
                latest_frame=frame_source(self.application),
                animated=animated,
                now=surroundings.now,
            )
            relay.to(self.window.observe)
            self.application.start()
            undone.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the visit, let go of the devices, take the screen down."""
        self.application.stop()
        self.window.close()


class _Relay:
    """Lets the visit be observed by a window that is made after the application."""

    def __init__(self) -> None:
        self._observe: Callable[[Visit], None] = lambda _: None

    def __call__(self, visit: Visit) -> None:
        self._observe(visit)

    def to(self, observe: Callable[[Visit], None]) -> None:
        self._observe = observe


def place_of(configuration: Configuration) -> Place:
    """What the screen needs to know of its hall."""
    hall, catalogue = configuration.hall, configuration.catalogue
    halls = (load_hall(hall_id, catalogue) for hall_id in hall_ids())
    return Place(
        hall,
        catalogue,
        walk_in_services(hall, catalogue),
        countdown_seconds=round(configuration.settings.timeouts.countdown_seconds),
        training=configuration.settings.kiosk.training,
        other_halls={other.id: other for other in halls if other.id != hall.id},
    )


def frame_source(application: KioskApplication) -> FrameSource:
    """The camera's live picture, for the screen."""
    driver = application.drivers.get("camera")
    if driver is None:
        return no_camera
    preview = cast("PreviewSource", driver).preview

    def newest() -> Frame | None:
        frame = preview.get()
        return None if frame is None else frame.image

    return newest
