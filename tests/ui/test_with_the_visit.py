"""The screen and the real visit on its own thread: what is pressed comes back as a screen."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from devices.documents.identity import Source
from kiosk.visit.effects import Effect
from kiosk.visit.events import DocumentPlaced, Hint
from kiosk.visit.runner import VisitRunner
from kiosk.visit.stages import ReadingDocument
from tests.ui.screen_driver import ScreenDriver, kind_of
from tests.visit.world import RULES
from ui.app import PORTRAIT
from ui.presentation.place import Place


class Nobody:
    """A performer for whom nothing is to be done."""

    def perform(self, effect: Effect) -> None:
        """Leave it; no device is there."""

    def wipe(self) -> None:
        """Forget nothing, since nothing is known."""


@pytest.fixture
def runner(portrait: ScreenDriver, place: Place) -> Iterator[VisitRunner]:
    rules = replace(RULES, hall=place.hall, walk_in_services=place.walk_in_services)
    runner = VisitRunner(rules, portrait.window.observe)
    runner.start(Nobody())
    yield runner
    runner.stop()


def wait(screen: ScreenDriver, condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            screen.settle()
            screen.clock.now += 10
            return
        QTest.qWait(10)
    raise AssertionError(f"{screen.window.view_model.screen} is shown")


def test_advice_waits_until_the_document_has_been_laid_down(
    portrait: ScreenDriver, place: Place
) -> None:
    """A chip is noticed before the camera sees anything: what is well may be said at once."""

    def told() -> list[str]:
        texts = list(moving.texts())
        return [
            text.text for text in texts if any(kind_of(a) == "HintBanner" for a in text.ancestors)
        ]

    portrait.step_back()
    moving = ScreenDriver(place, animated=True)
    moving.turn(PORTRAIT)
    try:
        moving.show_stage(ReadingDocument(1, hint=Hint.TURN_OVER))
        assert told() == [] or moving.screen_item().property("laidDown")
        moving.show_stage(ReadingDocument(1, hint=Hint.HOLD_STILL))
        assert told() == ["Good. Leave it still for a moment"]
        moving.show_stage(ReadingDocument(1, hint=Hint.TURN_OVER))
        wait(moving, lambda: told() == ["Turn it over"])
    finally:
        moving.window.close()


def test_a_visit_begins_with_a_touch_and_is_forgotten_when_cancelled(
    portrait: ScreenDriver, runner: VisitRunner
) -> None:
    model = portrait.window.view_model
    wait(portrait, lambda: model.screen == "Attract")
    for event in portrait.press(portrait.target("start-en")):
        runner.post(event)
    wait(portrait, lambda: model.screen == "PlacingDocument")
    assert model.language == "en"
    runner.post(DocumentPlaced(Source.CHIP))
    wait(portrait, lambda: model.screen == "ReadingDocument")
    for event in portrait.press(portrait.target("language-zh")):
        runner.post(event)
    wait(portrait, lambda: model.language == "zh")
    assert model.screen == "ReadingDocument"
    for event in portrait.press(portrait.target("cancel")):
        runner.post(event)
    wait(portrait, lambda: model.screen == "TakeDocument")
