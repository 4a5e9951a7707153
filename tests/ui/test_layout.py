"""Every screen has the room it needs, also below the strip that says that it is for training."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.visit.stages import Attract, Choice, Confirming
from tests.ui.conftest import SIZES
from tests.ui.layout import layout_problems, room_problems
from tests.ui.screen_driver import ScreenDriver, kind_of
from tests.ui.test_screens import LANGUAGES, PLACE, SAMPLES
from ui.presentation.place import Place
from ui.samples import VISITOR, Sample

EVERY_SERVICE = [
    Sample(f"Confirming-{one.id}", Confirming(VISITOR, Choice((one.id,), None)))
    for one in PLACE.catalogue.services
]
STRIP = "Training only: tickets are not valid"


@pytest.fixture(scope="module", params=[False, True], ids=["in earnest", "training"])
def trained(
    request: pytest.FixtureRequest, driver: ScreenDriver, place: Place
) -> Iterator[ScreenDriver]:
    driver.step_back()
    trained = ScreenDriver(replace(place, training=request.param))
    yield trained
    trained.window.close()


@pytest.fixture(params=list(SIZES))
def kiosk(request: pytest.FixtureRequest, trained: ScreenDriver) -> ScreenDriver:
    trained.turn(SIZES[request.param])
    return trained


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", [*SAMPLES, *EVERY_SERVICE], ids=lambda one: one.name)
def test_nothing_leaves_its_room_or_lies_over_anything_else(
    kiosk: ScreenDriver, sample: Sample, language: str
) -> None:
    kiosk.show_sample(sample, language)
    assert room_problems(kiosk) == []
    assert layout_problems(kiosk) == []


def test_the_strip_is_there_just_for_training(kiosk: ScreenDriver) -> None:
    kiosk.show_stage(Attract(), "en")
    shown = [text.text for text in kiosk.texts()]
    assert (STRIP in shown) is kiosk.place.training


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.name)
def test_the_languages_stand_in_the_middle_of_the_bar(
    portrait: ScreenDriver, sample: Sample
) -> None:
    portrait.show_sample(sample, "zh")
    if not portrait.window.view_model.canChangeLanguage:
        return
    (switch,) = [one for one in portrait.visible() if kind_of(one.item) == "LanguageSwitch"]
    assert switch.rect.center().x() == pytest.approx(portrait.window.window.width() / 2, abs=1)
