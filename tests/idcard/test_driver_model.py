"""Cards come and go while the line and the reader fail in every order: never a wrong identity."""

from collections import deque
from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from devices.command import CommandFailed, CompletionCode, DeviceGone
from devices.event import DeviceEvent, MediaInserted, MediaRemoved
from devices.idcard.contract import ERROR_CODES, IdCardReading, ReadIdCard
from devices.idcard.driver import IdCardDriver
from devices.idcard.frame import Deframer
from devices.idcard.link import LinkLost
from devices.idcard.virtual.card_files import load
from devices.idcard.virtual.faults import parse_fault
from devices.idcard.virtual.reader import VirtualReader
from devices.status import DeviceState
from tests.idcard.test_driver import Run

CARDS = {name: load(name) for name in ("moreau-2017", "kowalska-2023", "santos-2023", "li-citizen")}

FAULTS = [
    *("silent", "half", "noise", "checksum", "length", "drip", "lift-midway"),
    *(
        f"refuse {sw3}"
        for sw3 in ("10", "21", "31", "33", "40", "41", "5C", "60", "80", "81", "91")
    ),
]
COMMANDS = ["", "find", "select", "read", "address", "status"]

EXPECTED = ERROR_CODES | {CompletionCode.HARDWARE_ERROR.value}


class MemoryLink:
    """A line without delay, on which a reply can be held back until the next command."""

    def __init__(self, reader: VirtualReader) -> None:
        self._reader = reader
        self._host = Deframer()
        self._arrived: deque[bytes] = deque()
        self._held: list[bytes] = []
        self.hold = 0
        self.cut = False

    def write(self, data: bytes) -> None:
        self._check()
        self._arrived += self._held
        self._held = []
        self._host.feed(data)
        payload = self._host.take()
        assert payload is not None
        reply = [piece for _, piece in self._reader.answer(payload)]
        if self.hold:
            self.hold -= 1
            self._held = reply
        else:
            self._arrived += reply

    def read(self, seconds: float) -> bytes:
        self._check()
        return self._arrived.popleft() if self._arrived else b""

    def discard(self) -> None:
        self._check()
        self._arrived.clear()

    def close(self) -> None:
        self._arrived.clear()

    def _check(self) -> None:
        if self.cut:
            raise LinkLost("unplugged")


class ReaderMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.reader = VirtualReader()
        self.link = MemoryLink(self.reader)
        self.events: list[DeviceEvent] = []
        self.driver = IdCardDriver(lambda: self.link)
        self.driver.patience = 0.002
        self.driver.poll_seconds = 0.0
        self.on_reader: str | None = None
        self.is_open = False
        self.outcomes: set[str] = set()
        self.reopen()

    @precondition(lambda self: self.on_reader is None)
    @rule(name=st.sampled_from(sorted(CARDS)))
    def place(self, name: str) -> None:
        self.reader.place(CARDS[name])
        self.on_reader = name

    @rule()
    def lift(self) -> None:
        self.reader.lift()
        self.on_reader = None

    @rule(fault=st.sampled_from(FAULTS), command=st.sampled_from(COMMANDS), times=st.integers(1, 3))
    def let_go_wrong(self, fault: str, command: str, times: int) -> None:
        self.reader.add_fault(parse_fault(f"{times} times {fault} {command}".split()))

    @rule(count=st.integers(1, 3))
    def be_late(self, count: int) -> None:
        self.link.hold = count

    @rule()
    def unplug(self) -> None:
        self.link.cut = True

    @rule()
    def all_is_well_again(self) -> None:
        self.reader.clear_faults()
        self.link.cut = False
        self.link.hold = 0

    @precondition(lambda self: self.is_open)
    @rule()
    def poll(self) -> None:
        try:
            self.driver.poll()
        except DeviceGone:
            self.gone()

    @precondition(lambda self: self.is_open)
    @rule()
    def read(self) -> None:
        before = self.on_reader
        try:
            reading = self.driver.execute(ReadIdCard(), Run())
        except DeviceGone:
            self.gone()
        except CommandFailed as failed:
            self.outcomes.add(failed.error_code or failed.code.value)
        else:
            assert isinstance(reading, IdCardReading)
            assert before is not None
            card = CARDS[before]
            assert reading.kind is card.KIND
            if reading.identity is not None:
                assert reading.identity.document_number == card.number

    @precondition(lambda self: not self.is_open)
    @rule()
    def reopen(self) -> None:
        try:
            self.driver.open(self.events.append)
        except DeviceGone:
            return
        self.is_open = True

    @invariant()
    def cards_come_and_go_in_turn(self) -> None:
        assert all(one != other for one, other in pairwise(self.events))
        assert set(map(type, self.events)) <= {MediaInserted, MediaRemoved}
        if self.events:
            assert self.events[0] == MediaInserted()

    @invariant()
    def readings_end_as_the_contract_says(self) -> None:
        assert self.outcomes <= EXPECTED

    def gone(self) -> None:
        self.driver.close()
        self.is_open = False

    def teardown(self) -> None:
        """Whatever has happened: a card placed anew on a sound reader is read."""
        self.all_is_well_again()
        self.lift()
        while not self.is_open:
            self.reopen()
        for _ in range(3):
            self.driver.poll()
        assert self.events[-1:] != [MediaInserted()]
        assert self.driver.status().device is DeviceState.ONLINE
        self.place("kowalska-2023")
        self.driver.poll()
        assert self.events[-1] == MediaInserted()
        self.read()
        reading = self.driver.execute(ReadIdCard(), Run())
        assert isinstance(reading, IdCardReading)
        assert reading.identity is not None


TestDriver = ReaderMachine.TestCase
TestDriver.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
