"""ID-card reader: from a card that is there to the identity, beyond the protocol's own waiting.

The reader looks for a card every 300 ms (GA 467), and a real one takes about a second to read; the
virtual one answers at once over its pseudo-terminal, so what is left is our own time.
"""

import statistics
import threading
import time
from collections.abc import Iterator

from devices.command import Completion
from devices.event import DeviceEvent, MediaInserted, MediaRemoved
from devices.idcard.codes import SamCommand
from devices.idcard.contract import IdCardReading, ReadIdCard
from devices.idcard.driver import IdCardDriver
from devices.idcard.link import SerialLink
from devices.idcard.reading import read_text
from devices.idcard.virtual.card_files import load
from devices.idcard.virtual.reader import Piece, VirtualReader
from devices.idcard.virtual.station import VirtualIdCardReader
from devices.worker import Device

ROUNDS = 25
DECODINGS = 2000
CARD = load("kowalska-2023")


class StampingReader(VirtualReader):
    """Notes when the command came that found the card."""

    def __init__(self) -> None:
        super().__init__()
        self.placed = 0.0
        self.found = 0.0

    def answer(self, payload: bytes | bytearray) -> Iterator[Piece]:
        if SamCommand.of(bytes(payload)) is SamCommand.FIND_CARD and self.placed > self.found:
            self.found = time.perf_counter()
        return super().answer(payload)


def measure() -> dict[str, tuple[float, str]]:
    own = _readings()
    return {
        "idcard.found_to_identity.median": (statistics.median(own), "ms"),
        "idcard.found_to_identity.worst": (max(own), "ms"),
        "idcard.decode_text": (_decoding(), "us"),
    }


def _readings() -> list[float]:
    reader = StampingReader()
    own: list[float] = []
    with VirtualIdCardReader(reader=reader) as virtual:
        device = Device("bench", IdCardDriver(lambda: SerialLink(virtual.port)))
        done, gone = threading.Event(), threading.Event()

        def completed(completion: Completion[IdCardReading]) -> None:
            ended = time.perf_counter()
            if completion.result is None:
                raise RuntimeError(completion.detail)
            own.append((ended - reader.found) * 1e3)
            done.set()

        def listener(event: DeviceEvent) -> None:
            if isinstance(event, MediaInserted):
                device.submit(ReadIdCard(), completed)
            elif isinstance(event, MediaRemoved):
                gone.set()

        device.subscribe(listener)
        with device:
            for _ in range(ROUNDS):
                done.clear()
                gone.clear()
                reader.place(CARD)
                reader.placed = time.perf_counter()
                if not done.wait(10):
                    raise RuntimeError("the card was not read")
                reader.lift()
                gone.wait(10)
    return own


def _decoding() -> float:
    text = CARD.encode()
    start = time.perf_counter()
    for _ in range(DECODINGS):
        read_text(text)
    return (time.perf_counter() - start) / DECODINGS * 1e6
