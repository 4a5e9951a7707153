"""What the kiosk is made of, and whether each part can be used now (CUSS 2)."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from devices.event import DeviceEvent, StatusChanged
from devices.failure import log_failure
from devices.worker import Device
from kiosk.backend.contract import BackendError, HallBackend
from kiosk.visit.events import Component, ComponentChanged, Event

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Intervals:
    """How often the hall server is asked, in seconds."""

    healthy: float = 15.0
    """While all is well."""
    unhealthy: float = 2.0


INTERVALS: Final = Intervals()


def watch_device(component: Component, device: Device, post: Callable[[Event], None]) -> None:
    """Report when a device becomes usable or stops being so."""

    def heard(event: DeviceEvent) -> None:
        if isinstance(event, StatusChanged):
            log.info("%s: %s", component, event.status.device)
            post(ComponentChanged(component, event.status.usable))

    device.subscribe(heard)


class BackendWatch:
    """Asks the hall server for its health, on a thread of its own, and reports changes.

    While something between kiosk and server is unsettled it asks often, and has it settled as soon
    as the server answers.
    """

    def __init__(
        self,
        backend: HallBackend,
        post: Callable[[Event], None],
        settle: Callable[[], None],
        unsettled: Callable[[], bool],
        intervals: Intervals = INTERVALS,
    ) -> None:
        """Args beyond the obvious.

        settle: begins to settle what is open; called when the server is back, and while
            `unsettled` says that something is.
        """
        self._backend = backend
        self._post = post
        self._settle = settle
        self._unsettled = unsettled
        self._intervals = intervals
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backend-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float = 10.0) -> None:
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def look_now(self) -> None:
        """Ask at once: somebody has just had trouble with the server."""
        self._wake.set()

    def _run(self) -> None:
        usable: bool | None = None
        while not self._stopping.is_set():
            self._wake.clear()
            was, usable = usable, self._ask()
            if usable != was:
                log.info("%s: %s", Component.BACKEND, usable)
                self._post(ComponentChanged(Component.BACKEND, usable))
            if usable and (not was or self._unsettled()):
                self._settle()
            well = usable and not self._unsettled()
            self._wake.wait(self._intervals.healthy if well else self._intervals.unhealthy)

    def _ask(self) -> bool:
        try:
            self._backend.health()
        except BackendError as error:
            log.info("hall server: %s", error)
            return False
        except Exception as error:  # noqa: BLE001 -- the watch goes on, whatever the client raises
            log_failure(log, error, "the hall server's health could not be asked for")
            return False
        return True


DEVICE_COMPONENTS: Final[Mapping[str, Component]] = {
    "camera": Component.CAMERA,
    "chip_reader": Component.CHIP_READER,
    "id_card_reader": Component.ID_CARD_READER,
    "printer": Component.PRINTER,
}
"""Name of a device in the machine's settings -> component."""
