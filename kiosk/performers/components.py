"""What the kiosk is made of, and whether each part can be used now (CUSS 2)."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Final

from devices.event import DeviceEvent, StatusChanged
from devices.worker import Device
from kiosk.backend.contract import BackendError, HallBackend
from kiosk.visit.events import Component, ComponentChanged, Event

log = logging.getLogger(__name__)

HEALTHY_SECONDS: Final = 15.0
"""How often the hall server is asked while all is well."""
UNHEALTHY_SECONDS: Final = 2.0
"""And while it is not."""


def watch_device(component: Component, device: Device, post: Callable[[Event], None]) -> None:
    """Report when a device becomes usable or stops being so."""

    def heard(event: DeviceEvent) -> None:
        if isinstance(event, StatusChanged):
            post(ComponentChanged(component, event.status.usable))

    device.subscribe(heard)


class BackendWatch:
    """Asks the hall server for its health, on a thread of its own, and reports changes."""

    def __init__(
        self,
        backend: HallBackend,
        post: Callable[[Event], None],
        back_again: Callable[[], None],
    ) -> None:
        """`back_again` is called whenever the server has come (back) into reach."""
        self._backend = backend
        self._post = post
        self._back_again = back_again
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backend-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float = 10.0) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        usable: bool | None = None
        while not self._stopping.is_set():
            now = self._ask()
            if now != usable:
                usable = now
                self._post(ComponentChanged(Component.BACKEND, usable))
                if usable:
                    self._back_again()
            self._stopping.wait(HEALTHY_SECONDS if usable else UNHEALTHY_SECONDS)

    def _ask(self) -> bool:
        try:
            self._backend.health()
        except BackendError as error:
            log.info("hall server: %s", error)
            return False
        return True


DEVICE_COMPONENTS: Final[Mapping[str, Component]] = {
    "camera": Component.CAMERA,
    "chip_reader": Component.CHIP_READER,
    "id_card_reader": Component.ID_CARD_READER,
    "printer": Component.PRINTER,
}
"""Name of a device in the machine's settings -> component."""
