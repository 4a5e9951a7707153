"""The worker of a device: commands, faults of drivers, coming and going, the end."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from devices.command import CommandFailed, Completion, CompletionCode, DeviceGone, RequestId
from devices.docket import Timing
from devices.event import DeviceEvent, MediaInserted, Progress, StatusChanged
from devices.status import DeviceState, DeviceStatus
from devices.worker import SHORTEST_POLL_SECONDS, Device
from tests.devices.scripted import PATIENCE, Completions, Events, ScriptedDriver, Work

NO_GRACE = Timing(reopen=(0.001,), grace=0.001, hang=60.0)
SOON_HUNG = Timing(reopen=(0.001,), grace=60.0, hang=0.01)
PATIENT = Timing(reopen=(0.001,), grace=60.0, hang=60.0)

Start = Callable[..., tuple[Device, Events]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a device and collect its events; it is stopped at the end of the test."""
    with ExitStack() as stack:

        def started(driver: ScriptedDriver, timing: Timing = PATIENT) -> tuple[Device, Events]:
            device, events = Device("test", driver, timing), Events()
            device.subscribe(events)
            stack.enter_context(device)
            return device, events

        yield started


def assert_works_again(device: Device) -> None:
    """Commands are refused while the device is away, and after that carried out."""
    for _ in range(1_000_000):
        completion = device.call(Work("again"))
        if completion.code is CompletionCode.SUCCESS:
            assert completion.result == "again"
            return
        assert completion.code is CompletionCode.DEVICE_NOT_READY
    pytest.fail("the device did not come back")


def let_time_run_out(device: Device, request: RequestId) -> None:
    """As if the command's time were over now, so that no test depends on how fast it runs."""
    device._docket._pending[request].deadline = time.monotonic()
    device._docket.outbox.wake()


# -- commands -----------------------------------------------------------------------------------


def test_a_command_ends_with_the_drivers_result(start: Start) -> None:
    device, _ = start(ScriptedDriver())
    completion = device.call(Work("printed"))
    assert completion.code is CompletionCode.SUCCESS
    assert completion.result == "printed"


def test_commands_are_carried_out_one_at_a_time_in_order(start: Start) -> None:
    driver, completions = ScriptedDriver("execute"), Completions()
    device, _ = start(driver)
    ids = [device.submit(Work(name), completions) for name in "abc"]
    for name in "abc":
        call = driver.next_call("execute")
        assert call.command == Work(name)
        call.returns()
    assert [c.request_id for c in completions.wait(3)] == ids
    assert [c.result for c in completions.all] == ["a", "b", "c"]


def test_a_command_submitted_before_the_start_waits_for_it() -> None:
    device, completions = Device("test", ScriptedDriver(), PATIENT), Completions()
    device.submit(Work(), completions)
    with device:
        assert completions.wait()[0].code is CompletionCode.SUCCESS


@pytest.mark.parametrize("timeout", [-1.0, -0.001, float("nan")])
def test_a_negative_time_out_is_refused(start: Start, timeout: float) -> None:
    device, _ = start(ScriptedDriver())
    with pytest.raises(ValueError, match="time-out"):
        device.submit(Work(), Completions(), timeout=timeout)


@pytest.mark.parametrize(
    ("error", "code", "error_code"),
    [
        (
            CommandFailed(CompletionCode.COMMAND_ERROR_CODE, error_code="paperOut"),
            CompletionCode.COMMAND_ERROR_CODE,
            "paperOut",
        ),
        (CommandFailed(CompletionCode.INVALID_DATA), CompletionCode.INVALID_DATA, ""),
        (DeviceGone("unplugged"), CompletionCode.DEVICE_NOT_READY, ""),
        (ValueError("bad"), CompletionCode.INTERNAL_ERROR, ""),
        (SystemExit(1), CompletionCode.INTERNAL_ERROR, ""),
        (KeyboardInterrupt(), CompletionCode.INTERNAL_ERROR, ""),
        (MemoryError(), CompletionCode.INTERNAL_ERROR, ""),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_whatever_the_driver_raises_ends_the_command_and_not_the_device(
    start: Start, error: BaseException, code: CompletionCode, error_code: str
) -> None:
    driver = ScriptedDriver()
    driver.fail["execute"] = [error]
    device, _ = start(driver)
    completion = device.call(Work())
    assert (completion.code, completion.error_code) == (code, error_code)
    assert completion.result is None
    assert_works_again(device)


def test_a_failure_cannot_be_called_success() -> None:
    with pytest.raises(ValueError, match="has not failed"):
        CommandFailed(CompletionCode.SUCCESS)


def test_an_unforeseen_error_is_logged_without_its_text(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    driver = ScriptedDriver()
    driver.fail["execute"] = [ValueError("ERIKSSON")]
    device, _ = start(driver)
    with caplog.at_level(logging.DEBUG):
        completion = device.call(Work())
    assert "ERIKSSON" not in caplog.text + str(completion)
    assert "driver error in Work: ValueError at" in caplog.text


# -- cancel and time-out --------------------------------------------------------------------------


def test_cancelling_a_queued_command_ends_it_at_once(start: Start) -> None:
    driver, first, second = ScriptedDriver("execute"), Completions(), Completions()
    device, _ = start(driver)
    device.submit(Work("running"), first)
    call = driver.next_call("execute")
    queued = device.submit(Work("queued"), second)
    device.cancel(queued)
    assert second.wait()[0].code is CompletionCode.CANCELED
    assert first.all == []
    call.returns()
    assert first.wait()[0].code is CompletionCode.SUCCESS
    assert len(second.all) == 1


def test_cancelling_a_running_command_wakes_its_wait(start: Start) -> None:
    driver, completions = ScriptedDriver("execute"), Completions()
    device, _ = start(driver)
    running = device.submit(Work(), completions)
    call = driver.next_call("execute")
    device.cancel(running)
    device.cancel(running)
    assert call.run is not None
    with pytest.raises(CommandFailed) as failed:
        call.run.wait(PATIENCE)
    call.raises(failed.value)
    assert completions.wait()[0].code is CompletionCode.CANCELED
    device.cancel(running)
    device.cancel(RequestId(12345))
    assert len(completions.all) == 1


def test_a_driver_that_finishes_in_spite_of_the_cancel_has_succeeded(start: Start) -> None:
    driver, completions = ScriptedDriver("execute"), Completions()
    device, _ = start(driver)
    running = device.submit(Work(), completions)
    call = driver.next_call("execute")
    device.cancel(running)
    call.returns()
    assert completions.wait()[0].code is CompletionCode.SUCCESS


def test_a_queued_command_times_out_while_another_runs(start: Start) -> None:
    driver, first, second = ScriptedDriver("execute"), Completions(), Completions()
    device, _ = start(driver)
    device.submit(Work("running"), first)
    call = driver.next_call("execute")
    device.submit(Work("queued"), second, timeout=0.001)
    assert second.wait()[0].code is CompletionCode.TIME_OUT
    call.returns()
    assert [c.result for c in first.wait()] == ["running"]
    assert driver.done.count("execute") == 1


def test_the_driver_notices_that_its_time_is_over(start: Start) -> None:
    driver, completions = ScriptedDriver("execute"), Completions()
    device, _ = start(driver)
    request = device.submit(Work(), completions, timeout=600.0)
    call = driver.next_call("execute")
    assert call.run is not None
    call.run.check()
    assert call.run.remaining(30.0) == 30.0
    assert 30.0 < call.run.remaining(3600.0) <= 600.0
    let_time_run_out(device, request)
    with pytest.raises(CommandFailed) as failed:
        call.run.wait(PATIENCE)
    assert call.run.remaining(30.0) == 0.0
    call.raises(failed.value)
    assert completions.wait()[0].code is CompletionCode.TIME_OUT


def test_without_time_out_an_io_wait_is_as_long_as_the_driver_wants(start: Start) -> None:
    driver = ScriptedDriver("execute")
    device, _ = start(driver)
    device.submit(Work(), Completions())
    call = driver.next_call("execute")
    assert call.run is not None
    assert call.run.remaining(0.25) == 0.25
    call.run.check()
    call.returns()


# -- drivers that hang ---------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["cancel", "time-out"])
def test_a_driver_that_does_not_come_back_from_a_command(start: Start, by: str) -> None:
    driver, completions = ScriptedDriver("execute"), Completions()
    device, events = start(driver, NO_GRACE)
    stuck = device.submit(Work(), completions, timeout=600.0)
    call = driver.next_call("execute")
    waiting = Completions()
    device.submit(Work("waits"), waiting)
    if by == "cancel":
        device.cancel(stuck)
    else:
        let_time_run_out(device, stuck)
    code = CompletionCode.CANCELED if by == "cancel" else CompletionCode.TIME_OUT
    assert [c.code for c in completions.wait()] == [code]
    assert "does not answer" in events.wait_state(DeviceState.HARDWARE_ERROR).detail
    assert waiting.wait()[0].code is CompletionCode.DEVICE_NOT_READY
    assert device.call(Work()).code is CompletionCode.DEVICE_NOT_READY

    events.forget()
    assert call.run is not None
    call.run.progress("late", 1.0)
    call.returns("late")
    events.wait_state(DeviceState.ONLINE)
    driver.scripted.clear()
    assert device.call(Work("again")).result == "again"
    assert driver.done.count("open") == 1
    assert len(completions.all) == 1
    assert not any(isinstance(event, Progress) for event in events.all)


def test_a_driver_that_hangs_while_it_is_opened(start: Start) -> None:
    driver, early = ScriptedDriver("open"), Completions()
    device, events = start(driver, SOON_HUNG)
    call = driver.next_call("open")
    device.submit(Work("early"), early)
    events.wait_state(DeviceState.HARDWARE_ERROR)
    assert early.wait()[0].code is CompletionCode.DEVICE_NOT_READY
    assert device.call(Work()).code is CompletionCode.DEVICE_NOT_READY
    driver.scripted.clear()
    call.returns()
    events.wait_state(DeviceState.ONLINE)
    assert_works_again(device)


def test_a_driver_that_hangs_while_it_is_polled(start: Start) -> None:
    driver = ScriptedDriver("poll")
    device, events = start(driver, SOON_HUNG)
    call = driver.next_call("poll")
    events.wait_state(DeviceState.HARDWARE_ERROR)
    assert device.call(Work()).code is CompletionCode.DEVICE_NOT_READY
    events.forget()
    driver.scripted.clear()
    call.returns()
    events.wait_state(DeviceState.ONLINE)
    assert_works_again(device)


def test_a_driver_that_hangs_while_it_is_closed(start: Start) -> None:
    driver = ScriptedDriver("close")
    driver.fail["execute"] = [DeviceGone("unplugged")]
    device, events = start(driver, SOON_HUNG)
    device.call(Work())
    call = driver.next_call("close")
    events.wait_state(DeviceState.NO_DEVICE)
    events.wait_state(DeviceState.HARDWARE_ERROR)
    assert device.call(Work()).code is CompletionCode.DEVICE_NOT_READY
    events.forget()
    driver.scripted.clear()
    call.returns()
    events.wait_state(DeviceState.ONLINE)
    assert_works_again(device)


class Waits:
    """Has the waits between attempts to open a device recorded instead of slept."""

    def __init__(self, device: Device) -> None:
        self.all: list[float | None] = []
        self._changed = threading.Condition()
        device._docket.stopping.wait = self._wait  # type: ignore[method-assign] # no sleeping

    def _wait(self, timeout: float | None = None) -> bool:
        with self._changed:
            self.all.append(timeout)
            self._changed.notify_all()
        return False

    def reach(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.all) >= count, PATIENCE)


# -- coming and going ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["open", "poll", "execute", "status"])
@pytest.mark.parametrize(
    "error",
    [DeviceGone("unplugged"), CommandFailed(CompletionCode.USER_ERROR), OSError(), SystemExit()],
    ids=lambda error: type(error).__name__,
)
def test_the_device_is_opened_again_after_a_fault(
    start: Start, method: str, error: BaseException
) -> None:
    driver = ScriptedDriver()
    driver.fail[method] = [error, error]
    device, events = start(driver)
    if method == "execute":
        device.call(Work())
        device.call(Work())
    else:
        events.wait_for(
            lambda e: (
                isinstance(e, StatusChanged)
                and e.status.device in {DeviceState.NO_DEVICE, DeviceState.HARDWARE_ERROR}
            )
        )
    assert_works_again(device)
    assert driver.done.count("close") <= driver.done.count("open")


def test_an_error_while_closing_does_not_end_the_device(start: Start) -> None:
    driver = ScriptedDriver()
    driver.fail |= {"execute": [DeviceGone("unplugged")], "close": [OSError("no such device")]}
    device, _ = start(driver)
    assert device.call(Work()).code is CompletionCode.DEVICE_NOT_READY
    assert_works_again(device)


def test_every_successful_open_is_closed_once(start: Start) -> None:
    driver = ScriptedDriver()
    driver.fail |= {
        "open": [DeviceGone("not yet"), OSError("busy")],
        "execute": [DeviceGone("unplugged")],
        "status": [ValueError("garbage")],
    }
    device, _ = start(driver)
    assert_works_again(device)
    assert_works_again(device)
    device.stop()
    assert driver.done.count("open") - 2 == driver.done.count("close")


def test_commands_are_refused_at_once_while_the_device_is_not_there(start: Start) -> None:
    driver = ScriptedDriver()
    driver.fail["open"] = [DeviceGone("no reader on port 7") for _ in range(2)]
    device, events = start(driver, Timing(reopen=(0.001, 600.0)))
    events.wait_state(DeviceState.NO_DEVICE)
    while (completion := device.call(Work())).code is CompletionCode.SUCCESS:
        pass
    assert completion.code is CompletionCode.DEVICE_NOT_READY
    assert completion.detail == "no reader on port 7"


def test_attempts_to_open_a_missing_device_become_rarer(start: Start) -> None:
    driver = ScriptedDriver()
    driver.fail["open"] = [DeviceGone("not there") for _ in range(6)]
    device = Device("test", driver, Timing())
    waits = Waits(device)
    with device:
        assert_works_again(device)
    assert waits.all == [0.2, 0.5, 1.0, 2.0, 2.0, 2.0]


def test_a_device_that_comes_and_goes_without_working_is_not_opened_in_a_busy_loop() -> None:
    driver = ScriptedDriver()
    driver.fail["poll"] = [DeviceGone("loose contact") for _ in range(3)]
    device = Device("test", driver, Timing())
    waits = Waits(device)
    with device:
        waits.reach(3)
    assert waits.all == [0.2, 0.5, 1.0]


def test_a_device_that_stays_away_is_logged_once(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    driver = ScriptedDriver()
    driver.fail["open"] = [DeviceGone("no reader on port 7") for _ in range(5)]
    driver.fail["open"] += [OSError("ERIKSSON") for _ in range(5)]
    device, events = start(driver)
    events.wait_state(DeviceState.ONLINE)
    assert caplog.messages[0] == "device test is gone: no reader on port 7"
    assert caplog.messages[1].startswith("device test: could not be opened: OSError at ")
    assert len(caplog.messages) == 2
    assert device.status.usable


def test_there_is_a_wait_before_a_device_is_opened_again() -> None:
    with pytest.raises(ValueError, match="reopen"):
        Timing(reopen=())


def test_a_driver_that_wants_no_pause_between_polls_gets_one(start: Start) -> None:
    driver = ScriptedDriver()
    driver.poll_seconds = 0.0
    device = Device("test", driver)
    pauses: list[float] = []
    original = device._docket.next_request

    def next_request(seconds: float) -> object:
        pauses.append(seconds)
        return original(seconds)

    device._docket.next_request = next_request  # type: ignore[method-assign,assignment] # records
    with device:
        device.call(Work())
    assert set(pauses) == {SHORTEST_POLL_SECONDS}


# -- status and events ----------------------------------------------------------------------


def test_status_is_known_at_once_while_the_driver_works(start: Start) -> None:
    driver = ScriptedDriver("open", "execute")
    device, events = start(driver)
    assert device.status == DeviceStatus(DeviceState.STARTING)
    driver.next_call("open").returns()
    events.wait_state(DeviceState.ONLINE)
    device.submit(Work(), Completions())
    call = driver.next_call("execute")
    assert device.status == DeviceStatus(DeviceState.ONLINE)
    call.returns()


def test_every_change_of_status_is_reported_once_and_in_order(start: Start) -> None:
    driver = ScriptedDriver()
    device, events = start(driver)
    device.call(Work())
    device.call(Work())
    driver.now = DeviceStatus(DeviceState.USER_ERROR, "close the cover")
    events.wait_state(DeviceState.USER_ERROR)
    device.stop()
    assert [e.status.device for e in events.all if isinstance(e, StatusChanged)] == [
        DeviceState.ONLINE,
        DeviceState.USER_ERROR,
        DeviceState.OFFLINE,
    ]
    assert device.status.device is DeviceState.OFFLINE


def test_progress_comes_before_the_completion(start: Start) -> None:
    driver, order = ScriptedDriver("execute"), list[object]()
    device, _ = start(driver)
    device.subscribe(lambda e: order.append(e) if isinstance(e, Progress) else None)
    done = threading.Event()

    def completed(completion: Completion[str]) -> None:
        order.append(completion.code)
        done.set()

    request = device.submit(Work(), completed)
    call = driver.next_call("execute")
    assert call.run is not None
    assert call.run.request_id == request
    call.run.progress("reading", 0.5)
    call.returns()
    assert done.wait(PATIENCE)
    assert order == [Progress(request, "reading", 0.5), CompletionCode.SUCCESS]


def test_a_driver_may_report_events_from_any_thread(start: Start) -> None:
    driver = ScriptedDriver()
    device, events = start(driver)
    device.call(Work())
    thread = threading.Thread(target=driver.emit, args=(MediaInserted(),))
    thread.start()
    thread.join()
    events.wait_for(lambda e: isinstance(e, MediaInserted))


def test_a_listener_may_end_itself_and_others_while_it_is_called(start: Start) -> None:
    driver, seen = ScriptedDriver(), list[str]()
    device, _ = start(driver)
    device.call(Work())

    def first(event: DeviceEvent) -> None:
        seen.append("first")
        end_first()
        end_second()
        end_second()

    end_first = device.subscribe(first)
    end_second = device.subscribe(lambda _: seen.append("second"))
    last = Events()
    device.subscribe(last)
    driver.emit(MediaInserted())
    driver.emit(MediaInserted())
    last.wait_for(lambda _: len(last.all) == 2)
    assert seen == ["first"]


def test_a_listener_that_is_subscribed_twice_is_ended_once_each(start: Start) -> None:
    driver, seen, last = ScriptedDriver(), list[DeviceEvent](), Events()
    device, _ = start(driver)
    device.call(Work())
    end_one = device.subscribe(seen.append)
    device.subscribe(seen.append)
    device.subscribe(last)
    end_one()
    end_one()
    driver.emit(MediaInserted())
    last.wait_for(lambda _: True)
    assert seen == [MediaInserted()]


def test_a_listener_that_fails_stops_nothing(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    driver = ScriptedDriver()
    device, events = start(driver)

    def bad(what: object) -> None:
        raise RuntimeError("ERIKSSON")

    device.subscribe(bad)
    device.submit(Work(), bad)
    assert device.call(Work("next")).result == "next"
    driver.emit(MediaInserted())
    events.wait_for(lambda e: isinstance(e, MediaInserted))
    assert "receiver of device events failed: RuntimeError" in caplog.text
    assert "ERIKSSON" not in caplog.text


def test_a_listener_may_submit_and_cancel(start: Start) -> None:
    driver, completions = ScriptedDriver(), Completions()
    device, _ = start(driver)
    device.call(Work())
    device.subscribe(
        lambda e: (
            device.cancel(device.submit(Work(), completions))
            if isinstance(e, MediaInserted)
            else None
        )
    )
    driver.emit(MediaInserted())
    assert completions.wait()[0].code in {CompletionCode.CANCELED, CompletionCode.SUCCESS}


# -- the end --------------------------------------------------------------------------------


def test_stop_cancels_everything_and_closes_the_driver(start: Start) -> None:
    driver, completions = ScriptedDriver("execute"), Completions()
    device, _ = start(driver)
    ids = [device.submit(Work(name), completions) for name in "ab"]
    call = driver.next_call("execute")
    assert call.run is not None
    stopper = threading.Thread(target=device.stop)
    stopper.start()
    with pytest.raises(CommandFailed) as failed:
        call.run.wait(PATIENCE)
    call.raises(failed.value)
    stopper.join(PATIENCE)
    assert {c.request_id: c.code for c in completions.all} == dict.fromkeys(
        ids, CompletionCode.CANCELED
    )
    assert driver.done[-1] == "close"


def test_after_stop_a_command_is_canceled_before_submit_returns(start: Start) -> None:
    driver, completions = ScriptedDriver(), Completions()
    device, _ = start(driver)
    device.stop()
    device.submit(Work(), completions, timeout=1.0)
    assert [c.code for c in completions.all] == [CompletionCode.CANCELED]
    assert device.call(Work()).code is CompletionCode.CANCELED


def test_a_completion_after_stop_may_use_the_device(start: Start) -> None:
    device, _ = start(ScriptedDriver())
    device.stop()
    seen: list[CompletionCode] = []

    def completed(completion: Completion[str]) -> None:
        seen.append(completion.code)
        device.cancel(completion.request_id)
        if len(seen) < 3:
            device.submit(Work(), completed)

    device.submit(Work(), completed)
    assert seen == [CompletionCode.CANCELED] * 3


def test_stop_returns_although_the_driver_hangs() -> None:
    driver, completions = ScriptedDriver("execute"), Completions()
    device = Device("test", driver, PATIENT)
    device.start()
    device.submit(Work("stuck"), completions)
    call = driver.next_call("execute")
    device.submit(Work("queued"), completions)
    device.stop(0.01)
    assert [c.code for c in completions.all] == [CompletionCode.CANCELED] * 2
    assert device.status.device is DeviceState.OFFLINE
    call.returns("late")
    device._thread.join(PATIENCE)
    assert driver.done[-1] == "close"
    assert len(completions.all) == 2
    assert device.status.device is DeviceState.OFFLINE


def test_stop_without_start_still_completes_what_was_submitted() -> None:
    device, completions = Device("test", ScriptedDriver()), Completions()
    device.submit(Work(), completions)
    device.stop()
    assert [c.code for c in completions.all] == [CompletionCode.CANCELED]


def test_stop_may_be_called_twice_and_by_a_listener(start: Start) -> None:
    driver, stopped = ScriptedDriver(), threading.Event()
    device, _ = start(driver)
    device.call(Work())

    def listener(event: DeviceEvent) -> None:
        if isinstance(event, MediaInserted):
            device.stop()
            stopped.set()

    device.subscribe(listener)
    driver.emit(MediaInserted())
    assert stopped.wait(PATIENCE)
    device.stop()
    assert driver.done.count("close") == 1


def test_nothing_is_reported_after_the_end(start: Start) -> None:
    driver = ScriptedDriver()
    device, events = start(driver)
    device.call(Work())
    device.stop()
    events.forget()
    driver.emit(MediaInserted())
    assert events.all == []
