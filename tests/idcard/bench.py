"""A reader on the test bench: the device with its real driver, and hands that place cards."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from devices.command import Completion
from devices.event import DeviceEvent, MediaInserted, MediaRemoved
from devices.idcard.contract import IdCardReading, ReadIdCard
from devices.idcard.driver import IdCardDriver
from devices.idcard.virtual.station import VirtualIdCardReader
from devices.registry import DeviceKind, create_driver
from devices.worker import Device
from tests.devices.scripted import PATIENCE, Events

POLL_SECONDS = 0.01


@dataclass
class Bench:
    device: Device
    driver: IdCardDriver
    virtual: VirtualIdCardReader
    events: Events

    def place(self, card: str) -> None:
        """Place a card and wait until it is noticed."""
        self.events.forget()
        self.virtual.do(f"place {card}")
        self.wait(MediaInserted)

    def lift(self) -> None:
        self.events.forget()
        self.virtual.do("lift")
        self.wait(MediaRemoved)

    def wait(self, kind: type[DeviceEvent]) -> None:
        self.events.wait_for(lambda event: isinstance(event, kind))

    def read(self, timeout: float = 0.0) -> Completion[IdCardReading]:
        return self.device.call(ReadIdCard(), timeout=timeout)

    def media_events(self) -> list[type[DeviceEvent]]:
        return [type(e) for e in self.events.all if isinstance(e, MediaInserted | MediaRemoved)]


@contextmanager
def on_the_bench(scheme: str = "serial", *, patience: float = 1.0) -> Iterator[Bench]:
    """A started device of the URI scheme, on a virtual reader, polled faster than a real one."""
    virtual = VirtualIdCardReader()
    if scheme == "serial":
        virtual.start()
        driver = create_driver(DeviceKind.ID_CARD_READER, f"serial:{virtual.port}")
    else:
        driver = create_driver(DeviceKind.ID_CARD_READER, "sim:idcard")
        virtual = driver.virtual  # type: ignore[attr-defined] # the simulator has it
    assert isinstance(driver, IdCardDriver)
    driver.poll_seconds = POLL_SECONDS
    driver.patience = patience
    device, events = Device("idcard", driver), Events()
    device.subscribe(events)
    try:
        with device:
            yield Bench(device, driver, virtual, events)
    finally:
        virtual.stop()


def until(condition: Callable[[], bool]) -> None:
    """Wait for what no event tells."""
    clock = threading.Event()
    for _ in range(int(PATIENCE / 0.005)):
        if condition():
            return
        clock.wait(0.005)
    raise AssertionError("it did not come to pass")
