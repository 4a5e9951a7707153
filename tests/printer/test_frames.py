"""What printers send back: framed by fixed bits, whatever else is on the line."""

from hypothesis import given
from hypothesis import strategies as st

from devices.printer.frames import (
    AutomaticStatus,
    BufferCleared,
    Frame,
    FrameReader,
    Identity,
    InOrderStatus,
    ProcessId,
    RealTimeStatus,
)

printable = st.integers(0x20, 0x7E)
frames = st.one_of(
    st.integers(0, 0xFF).map(lambda byte: byte & 0x6C | 0x12).map(RealTimeStatus),
    st.tuples(st.integers(0, 0xFF), st.binary(min_size=3, max_size=3)).map(
        lambda parts: AutomaticStatus(
            bytes((parts[0] & 0x6C | 0x10, *(byte & 0x6F for byte in parts[1])))
        )
    ),
    st.integers(0, 0x0F).map(InOrderStatus),
    st.lists(printable, min_size=4, max_size=4).map(lambda value: ProcessId(bytes(value))),
    st.just(BufferCleared()),
    st.lists(printable, max_size=20).map(lambda text: Identity(bytes(text).decode("ascii"))),
)


def encoded(frame: Frame) -> bytes:
    match frame:
        case RealTimeStatus(byte) | InOrderStatus(byte):
            return bytes((byte,))
        case AutomaticStatus(data):
            return data
        case ProcessId(value):
            return b"\x37\x22" + value + b"\0"
        case BufferCleared():
            return b"\x37\x25\0"
        case Identity(text):
            return b"\x5f" + text.encode("ascii") + b"\0"


@given(st.lists(frames, max_size=20), st.integers(1, 7))
def test_frames_come_out_as_they_went_in_however_they_arrive(sent: list[Frame], size: int) -> None:
    data = b"".join(map(encoded, sent))
    reader = FrameReader()
    got = [
        frame
        for start in range(0, len(data), size)
        for frame in reader.feed(data[start : start + size])
    ]
    assert got == sent
    assert reader.noise == 0


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_reader(data: bytes) -> None:
    whole, pieces = FrameReader(), FrameReader()
    at_once = whole.feed(data)
    one_by_one = [frame for byte in data for frame in pieces.feed(bytes((byte,)))]
    assert at_once == one_by_one
    assert whole.noise == pieces.noise <= len(data)


@given(st.binary(max_size=30), st.lists(printable, min_size=4, max_size=4))
def test_a_process_id_is_found_behind_noise(noise: bytes, value: list[int]) -> None:
    """Noise may hide a frame that it runs into, but never for longer than that."""
    reader = FrameReader()
    reader.feed(noise + bytes(82))  # longer than any frame that noise can have begun
    assert ProcessId(bytes(value)) in reader.feed(b"\x37\x22" + bytes(value) + b"\0")


def test_bytes_that_no_printer_sends_are_counted_as_noise() -> None:
    reader = FrameReader()
    assert reader.feed(b"\xff\x80\x90") == []
    assert reader.noise == 3


def test_flow_control_is_neither_frame_nor_noise() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x11\x13") == []
    assert reader.noise == 0


def test_an_automatic_status_that_is_cut_off_does_not_swallow_what_follows() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x10\x00\x16") == [InOrderStatus(0), RealTimeStatus(0x16)]
    assert reader.noise == 1
