"""Every interleaving of submit, cancel, time-out, driver outcome and stop: one completion each."""

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from devices.command import CommandFailed, CompletionCode, DeviceGone, RequestId
from devices.docket import Timing
from devices.status import DeviceState
from devices.worker import Device
from tests.devices.scripted import Call, Completions, Events, ScriptedDriver, Work

FAILURES: tuple[tuple[BaseException, CompletionCode], ...] = (
    (CommandFailed(CompletionCode.USER_ERROR), CompletionCode.USER_ERROR),
    (CommandFailed(CompletionCode.TIME_OUT), CompletionCode.TIME_OUT),
    (KeyError("anything"), CompletionCode.INTERNAL_ERROR),
    (SystemExit(), CompletionCode.INTERNAL_ERROR),
)


class WorkerMachine(RuleBasedStateMachine):
    """A model of the queue beside the real worker with its threads.

    The driver is inside `execute` until a rule lets it out, so the model always knows which
    command runs and which ones wait.
    """

    def __init__(self) -> None:
        super().__init__()
        self.driver = ScriptedDriver("execute")
        self.device = Device("model", self.driver, Timing(reopen=(0.001,), grace=60, hang=60))
        self.completions = Completions()
        self.events = Events()
        self.device.subscribe(self.events)
        self.expected: dict[RequestId, CompletionCode] = {}
        self.waiting: list[RequestId] = []
        self.call: Call | None = None
        self.running: RequestId | None = None
        self.cancelled = False
        self.stopped = False
        self.device.start()
        self.events.wait_state(DeviceState.ONLINE)

    @precondition(lambda self: not self.stopped)
    @rule(timeout=st.sampled_from([0.0, 600.0]))
    def submit(self, timeout: float) -> None:
        self.waiting.append(self.device.submit(Work(), self.completions, timeout=timeout))
        self.begin_next()

    @precondition(lambda self: self.running is not None)
    @rule()
    def submit_too_late_for_its_turn(self) -> None:
        self.expect(
            self.device.submit(Work(), self.completions, timeout=0.0001), CompletionCode.TIME_OUT
        )

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), times=st.integers(1, 3))
    def cancel_waiting(self, data: st.DataObject, times: int) -> None:
        request = data.draw(st.sampled_from(self.waiting))
        self.waiting.remove(request)
        for _ in range(times):
            self.device.cancel(request)
        self.expect(request, CompletionCode.CANCELED)

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def cancel_finished(self, data: st.DataObject) -> None:
        self.device.cancel(data.draw(st.sampled_from(sorted(self.expected))))

    @precondition(lambda self: self.running is not None)
    @rule(times=st.integers(1, 2))
    def cancel_running(self, times: int) -> None:
        assert self.running is not None
        for _ in range(times):
            self.device.cancel(self.running)
        self.cancelled = True

    @precondition(lambda self: self.cancelled)
    @rule()
    def driver_notices_the_cancel(self) -> None:
        assert self.call is not None
        assert self.call.run is not None
        try:
            self.call.run.wait(600.0)
        except CommandFailed as failed:
            self.call.raises(failed)
        self.end_running(CompletionCode.CANCELED)

    @precondition(lambda self: self.running is not None)
    @rule()
    def driver_succeeds(self) -> None:
        assert self.call is not None
        self.call.returns()
        self.end_running(CompletionCode.SUCCESS)

    @precondition(lambda self: self.running is not None)
    @rule(failure=st.sampled_from(FAILURES))
    def driver_fails(self, failure: tuple[BaseException, CompletionCode]) -> None:
        assert self.call is not None
        self.call.raises(failure[0])
        self.end_running(failure[1])

    @precondition(lambda self: self.running is not None and not self.waiting)
    @rule()
    def device_is_unplugged(self) -> None:
        assert self.call is not None
        self.events.forget()
        self.call.raises(DeviceGone("unplugged"))
        self.end_running(CompletionCode.DEVICE_NOT_READY)
        self.events.wait_state(DeviceState.NO_DEVICE)
        self.events.wait_state(DeviceState.ONLINE)

    @rule()
    def stop(self) -> None:
        waiting, self.waiting, self.stopped = self.waiting, [], True
        self.expected |= dict.fromkeys(waiting, CompletionCode.CANCELED)
        self.device._docket.stop()
        if self.call is not None and self.running is not None:
            self.call.raises(CommandFailed(CompletionCode.CANCELED))
            self.end_running(CompletionCode.CANCELED)
        self.device.stop()

    @precondition(lambda self: self.stopped)
    @rule()
    def submit_after_the_end(self) -> None:
        self.expect(self.device.submit(Work(), self.completions), CompletionCode.CANCELED)

    @invariant()
    def no_command_completes_unexpectedly_or_twice(self) -> None:
        seen = [completion.request_id for completion in self.completions.all]
        assert len(seen) == len(set(seen))
        assert set(seen) == set(self.expected)

    def teardown(self) -> None:
        self.stop()
        assert {c.request_id: c.code for c in self.completions.all} == self.expected
        assert self.driver.done.count("open") == self.driver.done.count("close")

    def begin_next(self) -> None:
        if self.running is None and self.waiting:
            self.call = self.driver.next_call("execute")
            assert self.call.run is not None
            self.running = self.call.run.request_id
            assert self.running == self.waiting.pop(0), "commands are carried out in their order"
            self.cancelled = False

    def end_running(self, code: CompletionCode) -> None:
        assert self.running is not None
        request, self.running, self.cancelled = self.running, None, False
        self.expect(request, code)
        self.begin_next()

    def expect(self, request: RequestId, code: CompletionCode) -> None:
        self.expected[request] = code
        completions = self.completions.wait(len(self.expected))
        assert [c.code for c in completions if c.request_id == request] == [code]


TestWorker = WorkerMachine.TestCase
TestWorker.settings = settings(max_examples=100, stateful_step_count=20, deadline=None)
