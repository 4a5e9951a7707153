"""Whatever visitors, readers and the visit do in whatever order: one answer a reading at most."""

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from devices.camera.contract import BarcodeReading, Code, ReadDocument
from devices.chip.contract import ACCESS_DENIED, NO_MEDIA, ZONE_MISMATCH
from devices.command import CommandFailed, CompletionCode
from devices.documents.identity import Source
from devices.idcard.cards import CardKind
from devices.idcard.contract import IdCardReading
from kiosk.visit.events import (
    CodeRead,
    DocumentPlaced,
    DocumentRead,
    DocumentRemoved,
    HintChanged,
    ReadingFailed,
    ReadingProgress,
)
from tests.performers.desk import FOR_EVER, Desk, chip_of, page
from tests.performers.scripted_device import Call

SOURCES = st.sampled_from(list(Source))
ERRORS = (ACCESS_DENIED, NO_MEDIA, ZONE_MISMATCH)
ENDS = st.sampled_from(
    ["read", "code", "foreign", "foreign on a document", "time-out", "fault", *ERRORS]
)
FOREIGN_CODE = Code("M1DOE/JOHN", "PDF417")
FOREIGN = frozenset({FOREIGN_CODE})


class ReadingMachine(RuleBasedStateMachine):
    """Three readers, the performer, and a visit that begins and ends readings."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(FOR_EVER)
        self.desk.__enter__()
        self.request = 0
        self.reading = False
        self.calls: dict[Source, list[Call]] = {source: [] for source in Source}

    def teardown(self) -> None:
        self.desk.__exit__()

    def _settle(self) -> None:
        """Let everybody do what follows, and note which commands run now."""
        self.desk.settle()
        attempt = self.desk.reading._attempt
        for source, device in self.desk.fitted.items():
            calls = self.calls[source]
            assert all(call.ended.wait(20) for call in calls if call.cancelled)
            calls[:] = [call for call in calls if not call.ended.is_set()]
            while attempt is not None and source in attempt.under_way and not calls:
                call = device.driver.next_call()
                if not call.cancelled:
                    calls.append(call)
            while not device.driver.idle():
                assert device.driver.next_call().cancelled, "nobody waits for it"

    @rule()
    def begin(self) -> None:
        self.request += 1
        self.reading = True
        self.desk.start(self.request)
        self._settle()

    @rule()
    def begin_with_a_document_on_every_reader(self) -> None:
        for device in self.desk.fitted.values():
            device.insert()
        self.begin()

    @rule(wiped=st.booleans())
    def end(self, wiped: bool) -> None:
        self.reading = False
        before = len(self.desk.answers())
        if wiped:
            self.desk.reading.wipe()
        else:
            self.desk.stop()
        self._settle()
        assert len(self.desk.answers()) == before

    @rule(source=SOURCES, lies=st.booleans())
    def lay_or_lift(self, source: Source, lies: bool) -> None:
        device = self.desk.fitted[source]
        if device.device.status.usable:
            (device.insert if lies else device.remove)()
        self._settle()

    @rule(source=SOURCES)
    def unplug_and_replug(self, source: Source) -> None:
        device = self.desk.fitted[source]
        if self.calls[source]:
            return  # a cable pulled in the middle of a command is in the tests of its own
        device.unplug()
        self._settle()
        assert self._lying()[source] is False
        device.replug()
        self._settle()

    @precondition(lambda self: any(self.calls.values()))
    @rule(data=st.data(), how=ENDS)
    def a_command_ends(self, data: st.DataObject, how: str) -> None:
        source = data.draw(st.sampled_from([one for one in Source if self.calls[one]]))
        call = self.calls[source].pop(0)
        match how, source:
            case "read", Source.CAMERA:
                call.returns(page())
            case "read", Source.CHIP:
                call.returns(chip_of(page()))
            case "read", _:
                call.returns(IdCardReading(CardKind.PERMANENT_RESIDENT_2023, page().identity()))
            case "code", Source.CAMERA:
                call.returns(BarcodeReading((Code("HK1:ABCD-2345", "QRCode"),)))
            case "foreign" | "foreign on a document", Source.CAMERA:
                call.returns(BarcodeReading((FOREIGN_CODE,), document=how != "foreign"))
            case "time-out", Source.CAMERA if call.command == ReadDocument(known=FOREIGN):
                call.raises(CommandFailed(CompletionCode.TIME_OUT))
            case _ if how in ERRORS:
                call.raises(CommandFailed(CompletionCode.COMMAND_ERROR_CODE, error_code=how))
            case _:
                call.raises(RuntimeError("a fault of the driver"))
        assert call.ended.wait(20)
        self._settle()

    def _lying(self) -> dict[Source, bool]:
        """On which readers the visit thinks that something lies."""
        lying = dict.fromkeys(Source, False)
        for event in self.desk.posted.of(DocumentPlaced, DocumentRemoved):
            if isinstance(event, DocumentPlaced | DocumentRemoved):
                lying[event.source] = isinstance(event, DocumentPlaced)
        return lying

    @invariant()
    def a_reading_has_one_answer_at_most_and_only_the_newest_can_get_one(self) -> None:
        answered: list[int] = []
        for event in self.desk.answers():
            assert isinstance(event, DocumentRead | CodeRead | ReadingFailed)
            answered.append(event.request)
        assert answered == sorted(answered)
        assert all(count == 1 for count in Counter(answered).values())
        assert all(request <= self.request for request in answered)

    @invariant()
    def a_reader_works_only_while_somebody_waits_for_it(self) -> None:
        answered = {getattr(event, "request", 0) for event in self.desk.answers()}
        wanted = self.reading and self.request not in answered
        running = {source for source, calls in self.calls.items() if calls}
        assert wanted or not running
        assert all(len(calls) <= 1 for calls in self.calls.values())

    @invariant()
    def hints_and_progress_are_of_readings_that_were_begun(self) -> None:
        for event in self.desk.posted.of(HintChanged, ReadingProgress):
            assert isinstance(event, HintChanged | ReadingProgress)
            assert 1 <= event.request <= self.request


TestAnyReading = ReadingMachine.TestCase
TestAnyReading.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
