"""The driver beneath the framework: timing, other links than a serial line, URIs."""

import socket
import struct
from collections import deque
from urllib.parse import urlsplit

import pytest

from devices.command import CommandFailed, DeviceGone, RequestId
from devices.event import DeviceEvent, MediaInserted
from devices.idcard.codes import SamCommand, Sw3
from devices.idcard.contract import NO_MEDIA, IdCardReading, ReadIdCard
from devices.idcard.driver import BAUDRATES, FIND_SECONDS, IdCardDriver, create
from devices.idcard.frame import HEAD_LENGTH, Deframer, FrameError, command_frame, reply_frame
from devices.idcard.link import LinkLost, SerialLink
from devices.idcard.sam import ReaderSilent, SamReader, format_sam_id, take_text
from devices.idcard.simulator import create as create_simulator
from devices.idcard.virtual.card_files import load
from devices.idcard.virtual.reader import PHOTO, VirtualReader
from devices.idcard.virtual.station import VirtualIdCardReader
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver


class BulkLink:
    """A link as over USB bulk: the head of a frame and the rest are separate transfers."""

    def __init__(self, reader: VirtualReader) -> None:
        self._reader = reader
        self._host = Deframer()
        self._transfers: deque[bytes] = deque()
        self.sent: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.sent += [data[:HEAD_LENGTH], data[HEAD_LENGTH:]]
        self._host.feed(data)
        payload = self._host.take()
        assert payload is not None
        for _, piece in self._reader.answer(payload):
            self._transfers += [piece[:HEAD_LENGTH], piece[HEAD_LENGTH:]]

    def read(self, seconds: float) -> bytes:
        return self._transfers.popleft() if self._transfers else b""

    def discard(self) -> None:
        self._transfers.clear()

    def close(self) -> None:
        self._transfers.clear()


class Run:
    """A command's run that notes for how long the driver wants to wait."""

    request_id = RequestId(1)

    def __init__(self) -> None:
        self.waits: list[float] = []

    def check(self) -> None:
        """Nothing cancels this run."""

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def remaining(self, at_most: float) -> float:
        return at_most

    def emit(self, event: DeviceEvent) -> None:
        """Nobody listens."""

    def progress(self, step: str, fraction: float) -> None:
        """Nobody listens."""


def test_a_reader_may_be_on_usb_as_well() -> None:
    reader, events = VirtualReader(), list[DeviceEvent]()
    driver = IdCardDriver(lambda: BulkLink(reader))
    driver.open(events.append)
    reader.place(load("moreau-2017"))
    driver.poll()
    assert events == [MediaInserted()]
    reading = driver.execute(ReadIdCard(), Run())
    assert isinstance(reading, IdCardReading)
    assert reading.identity is not None
    driver.close()


def test_cards_are_looked_for_every_300_ms_at_most() -> None:
    driver = IdCardDriver(lambda: BulkLink(VirtualReader()))
    assert driver.poll_seconds == FIND_SECONDS == 0.3
    driver.open(lambda event: None)
    driver.poll()
    run = Run()
    with pytest.raises(CommandFailed) as failed:
        driver.execute(ReadIdCard(), run)
    assert failed.value.error_code == NO_MEDIA
    assert len(run.waits) == 1
    assert 0.0 < run.waits[0] <= FIND_SECONDS


def test_a_link_that_cannot_be_opened_is_no_device() -> None:
    def nothing() -> BulkLink:
        raise LinkLost("no such thing")

    driver = IdCardDriver(nothing)
    with pytest.raises(DeviceGone, match="no such thing"):
        driver.open(lambda event: None)
    with pytest.raises(DeviceGone, match="not open"):
        driver.poll()
    driver.close()


def test_what_came_before_a_command_is_no_answer_to_it() -> None:
    reader = VirtualReader()
    link = BulkLink(reader)
    link._transfers.append(reply_frame(Sw3.SELF_TEST))
    assert SamReader(link).ask(SamCommand.STATUS).sw3 == Sw3.SUCCESS


def test_a_reply_to_another_command_is_passed_over() -> None:
    class Late(BulkLink):
        def write(self, data: bytes) -> None:
            self._transfers.append(reply_frame(Sw3.FOUND, bytes(4)))
            self._transfers.append(reply_frame(Sw3.FIND_FAILED))
            self._transfers.append(reply_frame(Sw3.SUCCESS, bytes(16)))
            super().write(data)

    reader = VirtualReader()
    reader.place(load("moreau-2017"))
    sam = SamReader(Late(reader))
    assert SamReader(BulkLink(reader)).ask(SamCommand.FIND_CARD).sw3 == Sw3.FOUND
    assert len(sam.ask(SamCommand.SELECT_CARD).data) == 8
    assert len(sam.ask(SamCommand.READ_TEXT_AND_PHOTO).data) == 1284


def test_a_reader_that_says_nothing_is_asked_twice() -> None:
    class Dead(BulkLink):
        def write(self, data: bytes) -> None:
            self.sent.append(data)

    link = Dead(VirtualReader())
    with pytest.raises(ReaderSilent, match="nothing came"):
        SamReader(link, patience=0.01).ask(SamCommand.STATUS)
    assert link.sent == [command_frame(SamCommand.STATUS)] * 2


def test_the_photo_is_dropped_and_the_reply_wiped() -> None:
    text = load("moreau-2017").encode()
    data = bytearray(struct.pack(">HH", 256, 1024) + text + PHOTO)
    assert take_text(data) == bytearray(text)
    assert not any(data)


@pytest.mark.parametrize(("text", "photo"), [(255, 1024), (256, 1025), (0, 0), (512, 768)])
def test_lengths_that_do_not_fit_are_refused(text: int, photo: int) -> None:
    data = bytearray(struct.pack(">HH", text, photo) + bytes(1280))
    with pytest.raises(FrameError, match="wrong length"):
        take_text(data)


def test_the_number_of_the_sam_as_it_is_written_on_it() -> None:
    raw = bytes.fromhex("0500 0300 1D083301 39300000 B168DE3A")
    assert format_sam_id(raw) == "05.03-20121629-0000012345-0987654321"


@pytest.mark.parametrize(
    ("port", "message"),
    [("/nowhere/reader", "there is no port /nowhere/reader"), ("/dev/null", "is no serial port")],
)
def test_a_port_that_cannot_be_opened_says_what_to_do(port: str, message: str) -> None:
    with pytest.raises(LinkLost, match=message):
        SerialLink(port)


@pytest.mark.parametrize("action", ["write", "read", "discard"])
def test_a_port_that_goes_away_is_noticed_by_whatever_is_done_next(action: str) -> None:
    with VirtualIdCardReader() as virtual:
        link = SerialLink(virtual.port)
        virtual.do("unplug")
        arguments = {"write": (b"x",), "read": (0.01,), "discard": ()}[action]
        with pytest.raises(LinkLost, match="was unplugged: check its cable"):
            getattr(link, action)(*arguments)
        link.close()
        link.close()


def test_a_port_that_another_program_uses_is_said() -> None:
    with VirtualIdCardReader() as virtual:
        link = SerialLink(virtual.port)
        with pytest.raises(LinkLost, match="another program uses"):
            SerialLink(virtual.port)
        link.close()


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("serial:", "names no port"),
        ("serial:/dev/ttyUSB0?baudrate=1200", "baudrate is one of 115200, 57600"),
        ("serial:/dev/ttyUSB0?baudrate=", "baudrate is one of"),
        ("serial:/dev/ttyUSB0?speed=9600", "it knows no speed"),
        ("sim:camera", "use one like sim:idcard"),
        ("sim:idcard?colour=red", "use one like sim:idcard"),
        ("sim:idcard?card=nobody", "no such card file"),
        ("sim:idcard?control=x", "control is a TCP port"),
        ("sim:idcard?control=65536", "control is a TCP port"),
        ("usb:1234", "use one like serial:/dev/ttyUSB0, sim:idcard"),
    ],
)
def test_a_uri_that_cannot_be_served_is_answered_with_one_that_can(uri: str, message: str) -> None:
    with pytest.raises(UnknownDeviceUri, match=message) as refused:
        create_driver(DeviceKind.ID_CARD_READER, uri)
    assert repr(uri) in str(refused.value)


@pytest.mark.parametrize("baudrate", BAUDRATES)
def test_every_baudrate_of_the_protocol_may_be_used(baudrate: int) -> None:
    assert isinstance(create(urlsplit(f"serial:/dev/ttyUSB0?baudrate={baudrate}")), IdCardDriver)


def test_a_simulator_may_begin_with_a_card_on_it() -> None:
    driver = create_simulator(urlsplit("sim:idcard?card=weber-2023"))
    events: list[DeviceEvent] = []
    driver.open(events.append)
    driver.poll()
    assert events == [MediaInserted()]
    driver.close()
    driver.virtual.stop()


def test_a_control_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        uri = f"sim:idcard?control={taken.getsockname()[1]}"
        with pytest.raises(UnknownDeviceUri, match="control port: Address already in use"):
            create_driver(DeviceKind.ID_CARD_READER, uri)
