"""What every camera driver holds; run by subclasses for each source of frames."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from devices.camera.contract import (
    BarcodeReading,
    CameraStatus,
    Code,
    Guidance,
    GuidanceChanged,
    MrzReading,
    ReadDocument,
)
from devices.camera.driver import CameraDriver
from devices.command import Command, Completion, CompletionCode
from devices.event import DeviceEvent, MediaInserted
from devices.status import DeviceState, Media
from devices.worker import Device
from tests.camera.pictures import lines

PATIENCE = 20.0
"""Seconds after which a test gives up waiting for something that must happen."""
DOCUMENT = "lindqvist-utopia"
CODE = "HK1:DEMO-1001"


class Rig:
    """A driver on its device, with everything that it reports."""

    def __init__(self, driver: CameraDriver) -> None:
        self.driver = driver
        self.device = Device("camera", driver)
        self._events: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
        self.device.subscribe(self._events.put)

    def read(self, command: Command[Any] | None = None) -> Completion[Any]:
        return self.device.call(command or ReadDocument(), timeout=PATIENCE)

    def wait_for(self, wanted: Callable[[DeviceEvent], bool]) -> DeviceEvent:
        while True:
            event = self._events.get(timeout=PATIENCE)
            if wanted(event):
                return event

    def wait_for_guidance(self, guidance: Guidance) -> None:
        self.wait_for(lambda e: isinstance(e, GuidanceChanged) and e.guidance is guidance)


@dataclass(frozen=True, slots=True)
class Unheard(Command[None]):
    """A command that no camera knows."""


class CameraContract:
    """Subclasses give a driver that sees a document, a code, or nothing."""

    needed = 2
    """Pictures without which it accepts nothing."""

    def driver(self, seen: str) -> CameraDriver:
        """Return a driver whose camera sees ``document``, ``code`` or ``nothing``."""
        raise NotImplementedError

    @pytest.fixture
    def rig(self) -> Iterator[Callable[[str], Rig]]:
        rigs: list[Rig] = []

        def start(seen: str) -> Rig:
            rigs.append(Rig(self.driver(seen)))
            rigs[-1].device.start()
            return rigs[-1]

        yield start
        for rig in rigs:
            rig.device.stop()

    def test_reads_the_zone_of_a_document(self, rig: Callable[[str], Rig]) -> None:
        completion = rig("document").read()
        assert completion.code is CompletionCode.SUCCESS
        reading = completion.result
        assert isinstance(reading, MrzReading)
        assert reading.mrz.lines == lines(DOCUMENT)
        assert reading.frames >= self.needed
        assert reading.identity().document_number == "L41T7M9C2"

    def test_reads_a_code_and_leaves_its_meaning_to_others(self, rig: Callable[[str], Rig]) -> None:
        completion = rig("code").read()
        assert completion.result == BarcodeReading((Code(CODE, "QRCode"),))

    def test_readings_do_not_show_personal_data_when_printed(
        self, rig: Callable[[str], Rig]
    ) -> None:
        assert "LINDQVIST" not in repr(rig("document").read())

    def test_reads_only_what_it_is_asked_for(self, rig: Callable[[str], Rig]) -> None:
        seeing = rig("code")
        ended: queue.SimpleQueue[Completion[Any]] = queue.SimpleQueue()
        request = seeing.device.submit(ReadDocument(barcodes=False), ended.put)
        seeing.wait_for(lambda e: isinstance(e, GuidanceChanged))
        seeing.device.cancel(request)
        assert ended.get(timeout=PATIENCE).code is CompletionCode.CANCELED

    def test_says_that_there_is_no_document_until_the_time_is_over(
        self, rig: Callable[[str], Rig]
    ) -> None:
        seeing = rig("nothing")
        ended: queue.SimpleQueue[Completion[Any]] = queue.SimpleQueue()
        seeing.device.submit(ReadDocument(), ended.put, timeout=1.0)
        seeing.wait_for_guidance(Guidance.NO_DOCUMENT)
        assert ended.get(timeout=PATIENCE).code is CompletionCode.TIME_OUT

    def test_a_command_that_is_not_a_cameras_is_refused(self, rig: Callable[[str], Rig]) -> None:
        assert rig("nothing").read(Unheard()).code is CompletionCode.UNSUPPORTED_COMMAND

    def test_reading_nothing_at_all_is_refused(self, rig: Callable[[str], Rig]) -> None:
        command = ReadDocument(mrz=False, barcodes=False)
        assert rig("nothing").read(command).code is CompletionCode.INVALID_DATA

    def test_the_preview_has_the_newest_picture_and_nobody_can_change_it(
        self, rig: Callable[[str], Rig]
    ) -> None:
        seeing = rig("nothing")
        first = seeing.driver.preview.wait_newer(None, PATIENCE)
        assert first is not None
        second = seeing.driver.preview.wait_newer(first, PATIENCE)
        assert second is not None
        assert second.taken > first.taken
        assert second.image.shape == first.image.shape
        with pytest.raises(ValueError, match="read-only"):
            second.image[0, 0, 0] = 1
        seeing.device.stop()
        assert seeing.driver.preview.get() is None

    def test_a_document_laid_down_is_reported_while_nobody_reads(
        self, rig: Callable[[str], Rig]
    ) -> None:
        seeing = rig("document")
        seeing.wait_for(lambda e: isinstance(e, MediaInserted))
        status = seeing.device.status
        assert isinstance(status, CameraStatus)
        assert status.device is DeviceState.ONLINE
        assert status.media is Media.PRESENT

    def test_one_command_after_another(self, rig: Callable[[str], Rig]) -> None:
        seeing = rig("document")
        ended: queue.SimpleQueue[Completion[Any]] = queue.SimpleQueue()
        for _ in range(3):
            seeing.device.submit(ReadDocument(), ended.put, timeout=PATIENCE)
        codes = [ended.get(timeout=PATIENCE).code for _ in range(3)]
        assert codes == [CompletionCode.SUCCESS] * 3

    def test_no_thread_is_left_behind(self, rig: Callable[[str], Rig]) -> None:
        seeing = rig("nothing")
        seeing.driver.preview.wait_newer(None, PATIENCE)
        seeing.device.stop()
        assert not [t for t in threading.enumerate() if t.name == "camera-grabber"]
