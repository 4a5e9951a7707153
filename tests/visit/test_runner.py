"""The runner: events in order, effects performed, one timer, and nothing that can stop it."""

import queue
from collections.abc import Iterator
from dataclasses import replace

import pytest

from devices.documents.identity import Source
from kiosk.visit import effects as f
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from kiosk.visit.rules import VisitRules
from kiosk.visit.runner import VisitRunner
from kiosk.visit.visit import Visit
from tests.visit import world as w


class Recorder:
    """Keeps what it is asked to do; can be made to fail."""

    def __init__(self) -> None:
        self.effects: list[f.Effect] = []
        self.wipes = 0
        self.failing = False

    def perform(self, effect: f.Effect) -> None:
        self.effects.append(effect)
        if self.failing:
            raise RuntimeError("cannot")

    def wipe(self) -> None:
        self.wipes += 1
        if self.wipes == 1 and self.failing:
            raise RuntimeError("cannot")


class Bench:
    def __init__(self, rules: VisitRules) -> None:
        self.rules = rules
        self.seen: queue.Queue[Visit] = queue.Queue()
        self.runner = VisitRunner(rules, self.seen.put, new_visit_id=iter("abcdefgh").__next__)
        self.recorder = Recorder()

    def until(self, stage: type[s.Stage]) -> Visit:
        while True:
            visit = self.seen.get(timeout=10)
            if isinstance(visit.stage, stage):
                return visit


@pytest.fixture
def quick() -> Iterator[Bench]:
    """Time runs out as soon as it is set."""
    times = replace(
        w.RULES.timeouts, idle=0.01, countdown=0.01, reading=0.01, take_document=0.01, wiping=0.01
    )
    bench = Bench(replace(w.RULES, timeouts=times))
    yield bench
    bench.runner.stop()


def test_a_visit_that_is_left_alone_ends_and_the_next_has_a_new_name(quick: Bench) -> None:
    quick.runner.start(quick.recorder)
    assert quick.until(s.Attract).visit_id == "a"
    quick.runner.post(e.StartPressed())
    quick.until(s.StillThere)
    quick.until(s.Wiping)
    assert quick.until(s.Attract).visit_id == "b"
    assert quick.recorder.wipes == 1


def test_effects_are_performed_in_order_and_timers_are_the_runners_own(quick: Bench) -> None:
    quick.runner.start(quick.recorder)
    quick.runner.post(e.DocumentPlaced(Source.CAMERA))
    quick.until(s.Failed)
    kinds = [type(effect) for effect in quick.recorder.effects]
    assert kinds[:2] == [f.StartReading, f.StopReading]
    assert not {f.SetTimer, f.StopTimer} & set(kinds)


def test_the_order_to_forget_is_given_again_until_it_was_carried_out(quick: Bench) -> None:
    quick.recorder.failing = True
    quick.runner.start(quick.recorder)
    quick.runner.post(e.StartPressed())
    quick.until(s.Wiping)
    assert quick.until(s.Attract).visit_id == "b"
    assert quick.recorder.wipes == 2


def test_an_error_of_our_own_ends_the_visit_in_a_defined_way(
    quick: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    quick.runner.start(quick.recorder)
    quick.until(s.Attract)
    monkeypatch.setattr("kiosk.visit.runner.step", broken)
    quick.runner.post(e.StartPressed())
    assert quick.until(s.Failed).stage == s.Failed(Failure.INTERNAL_ERROR)
    monkeypatch.undo()
    quick.until(s.Attract)


def test_a_screen_that_fails_does_not_end_the_visit(quick: Bench) -> None:
    show = quick.seen.put

    def fails_once(visit: Visit) -> None:
        show(visit)
        if isinstance(visit.stage, s.ChoosingLanguage):
            raise RuntimeError("cannot draw")  # noqa: TRY004 -- no type is wrong

    quick.runner = VisitRunner(quick.rules, fails_once)
    quick.runner.start(quick.recorder)
    quick.runner.post(e.StartPressed())
    quick.until(s.ChoosingLanguage)
    quick.until(s.Wiping)


def test_what_is_under_way_when_the_kiosk_stops_is_wiped() -> None:
    bench = Bench(w.RULES)
    bench.runner.start(bench.recorder)
    bench.runner.post(e.StartPressed())
    bench.runner.stop()
    assert bench.recorder.wipes == 1
