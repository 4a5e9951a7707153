"""Readings that are called off, and readers that come and go: nothing is told of what is over."""

import gc
import threading
import time

from devices.camera.contract import BarcodeReading, Code, Guidance, GuidanceChanged, MrzReading
from devices.chip.reading import Step
from devices.command import CommandFailed, CompletionCode, DeviceGone
from devices.documents.identity import Source
from devices.idcard.cards import CardKind
from devices.idcard.contract import IdCardReading
from kiosk.visit.events import (
    CodeRead,
    DocumentPlaced,
    DocumentRemoved,
    HintChanged,
    ReadingProgress,
)
from tests.performers.desk import FOR_EVER, HASTY, Desk, chip_of, page
from tests.performers.posted import PATIENCE

CODE = BarcodeReading((Code("HK1:ABCD-2345", "QRCode"),))


def waits() -> int:
    return sum(isinstance(thread, threading.Timer) for thread in threading.enumerate())


def eventually_no_wait() -> None:
    until = time.monotonic() + PATIENCE
    while waits():
        assert time.monotonic() < until, "a wait has outlived its reading"
        time.sleep(0.001)


# -- called off ------------------------------------------------------------------------------------


def test_stopping_calls_every_reader_off_and_nothing_is_answered() -> None:
    with Desk() as desk:
        desk.card.insert()
        desk.start()
        calls = [desk.camera.driver.next_call(), desk.card.driver.next_call()]
        desk.stop()
        assert all(call.ended.wait(PATIENCE) for call in calls)
        desk.settle()
        assert desk.answers() == []


def test_stopping_twice_or_without_a_reading_is_harmless() -> None:
    with Desk() as desk:
        desk.stop()
        desk.start()
        called_off = desk.camera.driver.next_call()
        desk.stop()
        desk.stop()
        assert called_off.ended.wait(PATIENCE)
        desk.start(2)
        desk.camera.driver.next_call().returns(CODE)
        assert desk.answer() == CodeRead(2, "ABCD-2345")


def test_a_reading_finished_in_spite_of_its_cancel_is_no_answer() -> None:
    with Desk() as desk:
        desk.camera.driver.deaf = True
        desk.start()
        late = desk.camera.driver.next_call()
        desk.stop()
        late.returns(CODE)
        assert late.ended.wait(PATIENCE)
        desk.settle()
        assert desk.answers() == []


def test_a_late_completion_of_the_last_reading_does_not_answer_the_next() -> None:
    with Desk() as desk:
        desk.camera.driver.deaf = True
        desk.start(1)
        late = desk.camera.driver.next_call()
        desk.start(2)
        late.returns(BarcodeReading((Code("HK1:OLD", "QRCode"),)))
        desk.camera.driver.next_call().returns(CODE)
        assert desk.answer() == CodeRead(2, "ABCD-2345")


def test_a_late_chip_of_the_last_visitor_does_not_identify_the_next() -> None:
    with Desk() as desk:
        desk.chip.driver.deaf = True
        desk.chip.insert()
        desk.start(1)
        desk.camera.driver.next_call().returns(page())
        late = desk.chip.driver.next_call()
        desk.start(2)
        camera = desk.camera.driver.next_call()
        late.returns(chip_of(page()))
        assert late.ended.wait(PATIENCE)
        desk.settle()
        assert desk.answers() == []
        camera.returns(CODE)
        assert desk.answer() == CodeRead(2, "ABCD-2345")


def test_hints_and_progress_of_a_reading_that_is_over_are_not_told() -> None:
    with Desk() as desk:
        for device in (desk.camera, desk.chip):
            device.driver.deaf = True
        desk.chip.insert()
        desk.start(1)
        desk.camera.driver.next_call().returns(page())
        old_chip = desk.chip.driver.next_call()
        desk.start(2)
        old_camera = desk.camera.driver.next_call()
        desk.start(3)
        desk.posted.forget()
        old_chip.run.progress(Step.VERIFY, 0.99)
        old_camera.run.emit(GuidanceChanged(old_camera.run.request_id, Guidance.GLARE))
        desk.settle()
        assert desk.posted.of(ReadingProgress, HintChanged) == []
        old_chip.returns(None)
        old_camera.returns(None)
        desk.camera.driver.next_call().returns(CODE)
        assert desk.answer() == CodeRead(3, "ABCD-2345")


def test_only_the_first_of_two_readers_answers() -> None:
    with Desk() as desk:
        for device in (desk.camera, desk.card):
            device.driver.deaf = True
        desk.card.insert()
        desk.start()
        camera, card = desk.camera.driver.next_call(), desk.card.driver.next_call()
        camera.returns(CODE)
        desk.posted.wait(CodeRead)
        card.returns(IdCardReading(CardKind.PERMANENT_RESIDENT_2023, page().identity()))
        assert card.ended.wait(PATIENCE)
        assert desk.answer() == CodeRead(1, "ABCD-2345")


def test_a_page_still_waiting_for_its_chip_is_forgotten_with_its_visitor() -> None:
    with Desk(FOR_EVER) as desk:
        desk.start()
        desk.camera.driver.next_call().returns(page())
        desk.posted.wait(ReadingProgress)
        desk.settle()
        assert waits() == 1
        desk.start(2)
        eventually_no_wait()
        desk.chip.insert()
        desk.settle()
        assert desk.chip.driver.idle(), "the chip is not asked with the last visitor's page"


def test_wiping_leaves_no_page_in_memory() -> None:
    with Desk(FOR_EVER) as desk:
        desk.start()
        desk.camera.driver.next_call().returns(page())
        desk.posted.wait(ReadingProgress)
        assert pages()
        desk.reading.wipe()
        eventually_no_wait()
        desk.settle()
        assert pages() == []


def pages() -> list[MrzReading]:
    gc.collect()
    return [thing for thing in gc.get_objects() if isinstance(thing, MrzReading)]


def test_wiping_calls_the_readers_off() -> None:
    with Desk() as desk:
        desk.start()
        call = desk.camera.driver.next_call()
        desk.reading.wipe()
        assert call.ended.wait(PATIENCE)
        desk.settle()
        assert desk.answers() == []


def test_events_after_the_end_of_the_kiosk_are_dropped() -> None:
    with Desk() as desk:
        desk.start()
        desk.worker.stop()
        desk.camera.driver.next_call().returns(CODE)
        desk.card.insert()
        desk.reading.wipe()
        assert desk.answers() == []


# -- readers that come and go ----------------------------------------------------------------------


def test_a_camera_pulled_in_the_middle_reads_again_when_it_is_back() -> None:
    with Desk(FOR_EVER) as desk:
        desk.start()
        desk.camera.driver.plugged = False
        desk.camera.driver.next_call().raises(DeviceGone("unplugged"))
        desk.camera.wait_until(lambda: not desk.camera.device.status.usable)
        desk.settle()
        assert desk.answers() == []
        desk.camera.replug()
        desk.camera.driver.next_call().returns(CODE)
        assert desk.answer() == CodeRead(1, "ABCD-2345")


def test_a_camera_that_is_there_but_failed_is_asked_again() -> None:
    with Desk(HASTY) as desk:
        desk.start()
        for error in (RuntimeError("driver"), CommandFailed(CompletionCode.HARDWARE_ERROR)):
            desk.camera.driver.next_call().raises(error)
        desk.camera.driver.next_call().returns(CODE)
        assert desk.answer() == CodeRead(1, "ABCD-2345")


def test_a_camera_that_comes_only_during_the_visit_reads() -> None:
    with Desk() as desk:
        desk.camera.unplug()
        desk.start()
        desk.settle()
        assert desk.camera.driver.idle()
        desk.camera.replug()
        desk.camera.driver.next_call().returns(CODE)
        assert desk.answer() == CodeRead(1, "ABCD-2345")


def test_a_reader_that_is_pulled_takes_its_document_with_it() -> None:
    with Desk() as desk:
        for source, device in desk.fitted.items():
            device.insert()
            device.unplug()
            desk.worker.run(lambda: None)
            assert desk.posted.all[-2:] == [DocumentPlaced(source), DocumentRemoved(source)]
            device.replug()
            device.insert()
            desk.settle()
            assert desk.posted.all[-1] == DocumentPlaced(source)


def test_a_document_gone_with_its_reader_is_not_said_to_lie_there_at_the_next_reading() -> None:
    with Desk() as desk:
        desk.chip.insert()
        desk.chip.unplug()
        desk.settle()
        desk.posted.forget()
        desk.start()
        assert DocumentPlaced(Source.CHIP) not in desk.posted.all


def test_a_chip_reader_back_in_the_middle_reads_the_chip_of_the_page() -> None:
    with Desk(FOR_EVER) as desk:
        desk.start()
        desk.camera.driver.next_call().returns(page())
        desk.posted.wait(ReadingProgress)
        desk.chip.unplug()
        desk.chip.replug()
        desk.chip.insert()
        desk.chip.driver.next_call().returns(chip_of(page()))
        assert desk.identity().source is Source.CHIP
