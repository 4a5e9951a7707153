"""More languages than fit into the bar: a list of them instead, and nothing else changes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.visit.events import LanguageChosen
from kiosk.visit.stages import Attract, ChoosingLanguage
from tests.ui.layout import layout_problems
from tests.ui.screen_driver import ScreenDriver, kind_of
from ui import languages
from ui.app import LANDSCAPE, PORTRAIT
from ui.presentation.place import Place
from ui.samples import samples
from ui.translations.catalogues import load_translator

TAGS = ("zh", "en", "ja", "ko", "ru", "fr", "ar", "th")


@pytest.fixture(params=[PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def kiosk(
    request: pytest.FixtureRequest,
    driver: ScreenDriver,
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ScreenDriver]:
    def stand_in(tag: str) -> object:
        return load_translator("zh" if tag == "zh" else "en")

    monkeypatch.setattr(languages, "load_translator", stand_in)
    hall = place.hall.model_copy(update={"languages": TAGS})
    driver.step_back()
    kiosk = ScreenDriver(replace(place, hall=hall, training=True))
    kiosk.turn(request.param)
    yield kiosk
    kiosk.window.close()


def test_all_languages_can_be_chosen_from_the_list(kiosk: ScreenDriver) -> None:
    kiosk.show_stage(ChoosingLanguage())
    offered = [t for t in kiosk.targets() if t.item.objectName().startswith("choose-")]
    assert [t.item.objectName() for t in offered] == [f"choose-{tag}" for tag in TAGS]
    for target in offered:
        assert kiosk.press(target) == [LanguageChosen(target.item.objectName()[7:])]


def test_the_bar_has_one_button_that_opens_the_list(kiosk: ScreenDriver) -> None:
    kiosk.show_stage(ChoosingLanguage())
    assert kiosk.press(kiosk.target("languages")) == []
    sheet = [t for t in kiosk.targets() if t.item.objectName().startswith("sheet-")]
    assert len(sheet) == len(TAGS)
    assert all(t.rect.height() >= 96 for t in sheet)
    assert kiosk.press(sheet[3]) == [LanguageChosen(TAGS[3])]
    assert not [s for s in kiosk.visible() if kind_of(s.item) == "LanguageSheet"]


def test_a_touch_beside_the_list_closes_it(kiosk: ScreenDriver) -> None:
    kiosk.show_stage(ChoosingLanguage())
    kiosk.press(kiosk.target("languages"))
    assert kiosk.press(kiosk.target("callStaff")) == []
    kiosk.press(kiosk.target("languages"))
    clock = next(text for text in kiosk.texts() if text.text == "09:41")
    assert kiosk.press(clock) == []
    assert not [s for s in kiosk.visible() if kind_of(s.item) == "LanguageSheet"]


def test_the_attract_screen_offers_the_first_and_a_way_to_the_others(kiosk: ScreenDriver) -> None:
    kiosk.show_stage(Attract())
    offered = [t.item.objectName() for t in kiosk.targets()]
    first = [name for name in offered if name.startswith("start-")]
    assert first == [f"start-{tag}" for tag in TAGS[: len(first)]]
    assert len(first) >= 2
    assert "otherLanguages" in offered


@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_screens_hold_the_list_and_the_mark_of_training(
    kiosk: ScreenDriver, language: str
) -> None:
    for sample in samples(kiosk.place):
        kiosk.show_sample(sample, language)
        assert layout_problems(kiosk) == [], sample.name
        assert "Training only: tickets are not valid" in [text.text for text in kiosk.texts()]


def test_a_language_written_from_the_right_turns_the_screen_around(kiosk: ScreenDriver) -> None:
    kiosk.show_stage(ChoosingLanguage(), "en")
    before = kiosk.target("callStaff").rect.center().x()
    kiosk.show_stage(ChoosingLanguage(), "ar")
    after = kiosk.target("callStaff").rect.center().x()
    width = kiosk.window.window.width()
    assert before > width / 2 > after
    kiosk.show_stage(ChoosingLanguage(), "en")
