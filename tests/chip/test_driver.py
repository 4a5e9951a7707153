"""The chip reader as a device: one contract for the simulator and for readers behind pcscd."""

import queue
import socket
import threading
from collections.abc import Iterator
from typing import Any, Protocol

import pytest

from devices.chip.access.credentials import Credentials, MrzCredentials
from devices.chip.contract import (
    ACCESS_DENIED,
    COMMUNICATION_ERROR,
    ERROR_CODES,
    INVALID_MEDIA,
    NO_MEDIA,
    ZONE_MISMATCH,
    ReadChip,
    error_code,
)
from devices.chip.driver import ChipReader
from devices.chip.errors import ChipError
from devices.chip.pcsc import PcscReaders
from devices.chip.reading import ChipReading, ReadRequest, Step
from devices.chip.simulator import SimulatedChipReader
from devices.chip.virtual.card import VirtualCard
from devices.chip.virtual.content import CardContent
from devices.chip.virtual.transport import Faults, Latency, VirtualTransport
from devices.chip.virtual.tray import VirtualTray
from devices.command import Command, Completion, CompletionCode
from devices.documents.identity import Verdict
from devices.documents.mrz import parse as parse_zone
from devices.documents.specimen_zone import zone_lines
from devices.event import DeviceEvent, MediaInserted, MediaRemoved, Progress
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver
from devices.status import CardReaderStatus, DeviceState, Media
from devices.worker import Device
from tests.chip.cards import NOW, content_of, request, spec_of, specimen, transport
from tests.chip.conftest import READER, VirtualReader

SECONDS = 10.0
DOCUMENT = specimen({"pace": [{}], "chip_authentication": [{}]})
TOTAL_COMMANDS = 13


class Tray(Protocol):
    """Where the visitor lays documents: in the simulator, or on a reader behind pcscd."""

    def insert(self, card: VirtualTransport) -> None: ...

    def remove(self) -> None: ...


class Kiosk:
    """A device, what it reports, and what the visitor does at it."""

    def __init__(self, driver: ChipReader, tray: Tray) -> None:
        self.tray = tray
        self.device = Device("chip", driver)
        self._events: queue.Queue[DeviceEvent] = queue.Queue()
        self.device.subscribe(self._events.put)

    def start(self) -> None:
        self.device.start()

    def await_event(self, kind: type[DeviceEvent]) -> list[DeviceEvent]:
        """Wait for an event; return all up to it."""
        seen: list[DeviceEvent] = []
        while not seen or not isinstance(seen[-1], kind):
            seen.append(self._events.get(timeout=SECONDS))
        return seen

    def lay_down(self, card: VirtualTransport) -> None:
        self.tray.insert(card)
        self.await_event(MediaInserted)

    def events(self) -> list[DeviceEvent]:
        seen = []
        while not self._events.empty():
            seen.append(self._events.get())
        return seen

    def run(self, command: Command[Any], timeout: float = 0.0) -> Completion[Any]:
        done: queue.Queue[Completion[Any]] = queue.Queue()
        self.device.submit(command, done.put, timeout=timeout)
        return done.get(timeout=SECONDS)

    def read(self, wanted: ReadRequest | None = None) -> Completion[ChipReading]:
        return self.run(ReadChip(wanted or request(DOCUMENT)))


class ChipReaderContract:
    """What every chip reader does."""

    def test_an_empty_reader_is_online_and_reading_it_ends_with_no_media(
        self, kiosk: Kiosk
    ) -> None:
        completion = kiosk.read()
        assert (completion.code, completion.error_code) == (
            CompletionCode.COMMAND_ERROR_CODE,
            NO_MEDIA,
        )
        assert kiosk.device.status == CardReaderStatus(DeviceState.ONLINE, media=Media.NOT_PRESENT)

    def test_a_document_comes_is_read_and_goes(self, kiosk: Kiosk) -> None:
        kiosk.lay_down(transport(DOCUMENT))
        completion = kiosk.read()
        assert completion.code is CompletionCode.SUCCESS, completion
        assert completion.result is not None
        assert completion.result.identity.document_number == "L898902C3"
        assert completion.result.identity.proof.chip_genuine is Verdict.YES
        steps = [event.step for event in kiosk.events() if isinstance(event, Progress)]
        assert list(dict.fromkeys(steps)) == [step.value for step in Step]
        kiosk.tray.remove()
        kiosk.await_event(MediaRemoved)

    def test_a_document_is_read_again_without_being_lifted(self, kiosk: Kiosk) -> None:
        kiosk.lay_down(transport(DOCUMENT))
        wrong = Credentials(MrzCredentials("X123456", "740812", "320415"))
        denied = kiosk.read(request(DOCUMENT, credentials=wrong))
        assert denied.error_code == ACCESS_DENIED
        assert kiosk.read().code is CompletionCode.SUCCESS

    @pytest.mark.parametrize("at", [1, 7, TOTAL_COMMANDS])
    def test_a_document_torn_away_ends_the_command_with_no_media(
        self, kiosk: Kiosk, at: int
    ) -> None:
        kiosk.lay_down(transport(DOCUMENT, faults=Faults(tear_at=at)))
        completion = kiosk.read()
        assert (completion.code, completion.error_code) == (
            CompletionCode.COMMAND_ERROR_CODE,
            NO_MEDIA,
        )
        assert completion.result is None

    def test_after_a_torn_document_the_next_one_is_read(self, kiosk: Kiosk) -> None:
        kiosk.lay_down(transport(DOCUMENT, faults=Faults(tear_at=5)))
        kiosk.read()
        kiosk.tray.remove()
        kiosk.await_event(MediaRemoved)
        kiosk.lay_down(transport(DOCUMENT))
        assert kiosk.read().code is CompletionCode.SUCCESS

    def test_a_silent_card_is_a_communication_error(self, kiosk: Kiosk) -> None:
        kiosk.lay_down(transport(DOCUMENT, faults=Faults(silent_at=6)))
        completion = kiosk.read()
        assert completion.error_code == COMMUNICATION_ERROR

    def test_a_chip_that_is_no_travel_document_is_invalid_media(self, kiosk: Kiosk) -> None:
        nothing = VirtualCard(CardContent({}, {}, content_of(DOCUMENT).mrz), spec_of(specimen({})))
        kiosk.lay_down(VirtualTransport(nothing))
        assert kiosk.read().error_code == INVALID_MEDIA

    def test_another_zone_on_the_page_is_a_mismatch(self, kiosk: Kiosk) -> None:
        other = specimen({}, {"secondary_identifier": "ANNE MARIE"})
        zone = parse_zone(zone_lines(other.document), today=NOW.date())
        kiosk.lay_down(transport(DOCUMENT))
        assert kiosk.read(request(DOCUMENT, camera_zone=zone)).error_code == ZONE_MISMATCH

    def test_a_reading_that_is_cancelled_ends_as_canceled_and_frees_the_card(
        self, kiosk: Kiosk
    ) -> None:
        reached, go_on = threading.Event(), threading.Event()

        def hold(_seconds: float) -> None:
            reached.set()
            go_on.wait(SECONDS)

        card = transport(DOCUMENT, latency=Latency(per_apdu=1.0), sleep=hold)
        kiosk.lay_down(card)
        done: queue.Queue[Completion[ChipReading]] = queue.Queue()
        request_id = kiosk.device.submit(ReadChip(request(DOCUMENT)), done.put)
        assert reached.wait(SECONDS)
        kiosk.device.cancel(request_id)
        go_on.set()
        assert done.get(timeout=SECONDS).code is CompletionCode.CANCELED
        assert kiosk.read().code is CompletionCode.SUCCESS

    def test_commands_of_other_devices_are_unsupported(self, kiosk: Kiosk) -> None:
        assert kiosk.run(Command()).code is CompletionCode.UNSUPPORTED_COMMAND


class TestSimulator(ChipReaderContract):
    @pytest.fixture
    def tray(self) -> VirtualTray:
        return VirtualTray()

    @pytest.fixture
    def kiosk(self, tray: VirtualTray) -> Iterator[Kiosk]:
        kiosk = Kiosk(ChipReader(lambda: tray), tray)
        kiosk.start()
        yield kiosk
        kiosk.device.stop()

    def test_a_reader_that_is_unplugged_is_gone_and_comes_back(
        self, kiosk: Kiosk, tray: VirtualTray
    ) -> None:
        kiosk.lay_down(transport(DOCUMENT))
        tray.plug(in_=False)
        kiosk.await_event(MediaRemoved)
        tray.remove()
        tray.plug(in_=True)
        kiosk.lay_down(transport(DOCUMENT))
        assert kiosk.read().code is CompletionCode.SUCCESS


class TestBehindPcscd(ChipReaderContract):
    @pytest.fixture
    def kiosk(self, virtual_reader: VirtualReader) -> Iterator[Kiosk]:
        driver = ChipReader(lambda: PcscReaders(READER))
        kiosk = Kiosk(driver, virtual_reader.slot)
        kiosk.start()
        yield kiosk
        kiosk.device.stop()


def test_every_error_has_a_code_of_the_contract() -> None:
    def subclasses(kind: type[ChipError]) -> Iterator[type[ChipError]]:
        for sub in kind.__subclasses__():
            yield sub
            yield from subclasses(sub)

    for kind in subclasses(ChipError):
        assert error_code(kind.__new__(kind)) in ERROR_CODES


def test_the_simulator_is_chosen_by_a_uri_and_its_operator_lays_documents_down() -> None:
    driver = create_driver(DeviceKind.CHIP_READER, "sim:chip?document=ferrari-italy&latency=fast")
    assert isinstance(driver, SimulatedChipReader)
    with Device("chip", driver) as device:
        operator = driver.operator
        assert operator.describe() == "ferrari-italy, 0 commands"
        came = threading.Event()
        device.subscribe(lambda event: came.set() if isinstance(event, MediaInserted) else None)
        operator.do("remove")
        assert operator.describe() == "no document"
        operator.do("insert garcia-united-states")
        assert operator.describe().startswith("garcia-united-states")


def test_the_operators_port_takes_verbs_while_the_simulator_is_open() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = create_driver(DeviceKind.CHIP_READER, f"sim:chip?control={port}")
    driver.open(lambda _event: None)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as operator:
            lines = operator.makefile("r")
            for verb, said in [
                ("status", "no document"),
                ("insert ferrari-italy", "ok"),
                ("tear 3", "ok"),
                ("status", "ferrari-italy, 0 commands"),
                ("tear soon", "error invalid literal"),
                ("reply 3 6X", "error non-hexadecimal"),
                ("insert nobody", "error there is no specimen"),
                ("dance", "error 'dance' is none of the verbs"),
            ]:
                operator.sendall(f"{verb}\n".encode())
                assert lines.readline().startswith(said), verb
    finally:
        driver.close()


@pytest.mark.parametrize(
    "uri",
    [
        "sim:card",
        "sim:chip?colour=red",
        "sim:chip?document=nobody",
        "sim:chip?document=ferrari-italy&latency=never",
        "sim:chip?document=ferrari-italy&pki=/nonexistent",
        "sim:chip?control=soon",
        "sim:chip?document=silva-visa-utopia",
    ],
)
def test_a_simulator_uri_that_will_not_do_is_refused_with_a_reason(uri: str) -> None:
    with pytest.raises(UnknownDeviceUri, match="sim:"):
        create_driver(DeviceKind.CHIP_READER, uri)


def test_pcsc_readers_are_chosen_by_a_uri() -> None:
    assert isinstance(create_driver(DeviceKind.CHIP_READER, "pcsc:ACS%20ACR1252"), ChipReader)
