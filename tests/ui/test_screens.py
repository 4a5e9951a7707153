"""Every stage on the real scene, in both orientations and languages."""

from collections.abc import Callable
from typing import get_args

import pytest
from PySide6.QtCore import QRectF

from kiosk.visit.events import (
    BackPressed,
    CallStaffPressed,
    CancelPressed,
    ConfirmPressed,
    DonePressed,
    Hint,
    LanguageChosen,
    MoreTimePressed,
    ReservationChosen,
    RetryPressed,
    ServiceChosen,
    StartPressed,
    TicketMissingPressed,
    Touched,
    UserEvent,
    WalkInPressed,
)
from kiosk.visit.stages import (
    Attract,
    ChoosingService,
    Failed,
    NoReservation,
    PlacingDocument,
    ReadingDocument,
    Stage,
)
from tests.ui.screen_driver import ScreenDriver, Shown, kind_of
from ui.samples import VISITOR, Sample, failure_samples, sample_place, samples

PLACE = sample_place()
SAMPLES = [*samples(PLACE), *failure_samples()]
LANGUAGES = PLACE.hall.languages


def names(sample: Sample) -> str:
    return sample.name


def test_every_stage_has_a_sample() -> None:
    def leaves(kind: object) -> set[object]:
        return {leaf for part in get_args(kind) for leaf in leaves(part)} or {kind}

    assert leaves(Stage) == {type(sample.stage) for sample in SAMPLES}


@pytest.mark.parametrize("sample", SAMPLES, ids=names)
def test_whatever_is_pressed_is_big_named_and_within_reach(
    screen: ScreenDriver, sample: Sample
) -> None:
    screen.show_sample(sample, "en")
    window = screen.window.window
    upright = window.height() > window.width()
    for target in screen.targets():
        assert target.item.objectName()
        assert target.rect.height() >= 96
        assert target.rect.width() >= 96
        if upright:
            assert target.rect.center().y() > window.height() * 0.45, str(target)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES, ids=names)
def test_buttons_do_not_overlap(screen: ScreenDriver, sample: Sample, language: str) -> None:
    screen.show_sample(sample, language)
    if screen.window.view_model.screen_data.countdown_seconds:
        return
    targets = screen.targets()
    for at, one in enumerate(targets):
        for other in targets[at + 1 :]:
            # The languages stand shoulder to shoulder.
            assert not one.rect.adjusted(2, 2, -2, -2).intersects(other.rect), f"{one} {other}"


EVENTS: dict[str, UserEvent] = {
    "back": BackPressed(),
    "callStaff": CallStaffPressed(),
    "cancel": CancelPressed(),
    "chooseService": WalkInPressed(),
    "confirm": ConfirmPressed(),
    "done": DonePressed(),
    "giveUp": CancelPressed(),
    "endNow": CancelPressed(),
    "helpMe": CallStaffPressed(),
    "moreTime": MoreTimePressed(),
    "retry": RetryPressed(),
    "ticketMissing": TicketMissingPressed(),
    "walkIn": WalkInPressed(),
}


def event_of(name: str) -> UserEvent:
    kind, _, argument = name.partition("-")
    match kind:
        case "language" | "start" | "choose":
            return LanguageChosen(argument)
        case "reservation":
            return ReservationChosen(argument)
        case "service":
            return ServiceChosen(argument)
        case _:
            return EVENTS[name]


@pytest.mark.parametrize("sample", SAMPLES, ids=names)
def test_every_button_posts_its_event(screen: ScreenDriver, sample: Sample) -> None:
    screen.show_sample(sample, "en")
    asking = screen.window.view_model.screen_data.countdown_seconds > 0
    for target in screen.targets():
        name = target.item.objectName()
        if name not in ("nextPage", "previousPage") and not asking:
            assert screen.press(target) == [event_of(name)]


def test_while_the_question_is_asked_nothing_below_it_is_pressed(screen: ScreenDriver) -> None:
    screen.show_sample(sample_named("StillThere"), "en")
    answers = [screen.target("moreTime"), screen.target("endNow")]
    for target in screen.targets():
        middle = target.rect.center()
        above = [answer for answer in answers if answer.rect.contains(middle)]
        name = above[0].item.objectName() if above else "moreTime"
        assert screen.press(target) == [event_of(name)]


def test_every_event_of_a_visitor_has_a_button() -> None:
    reached = {type(event) for event in EVENTS.values()}
    reached |= {LanguageChosen, ReservationChosen, ServiceChosen}
    assert reached | {Touched, StartPressed} == set(get_args(UserEvent))


def test_touching_the_picture_of_the_attract_screen_starts(screen: ScreenDriver) -> None:
    screen.show_sample(SAMPLES[0], "zh")
    picture = next(s for s in screen.visible() if kind_of(s.item) == "PlacementPicture")
    assert screen.press(picture) == [StartPressed()]


def test_a_touch_anywhere_says_that_somebody_is_there(screen: ScreenDriver) -> None:
    screen.show_sample(sample_named("Confirming"), "en")
    title = next(text for text in screen.texts() if text.text == "Is this correct?")
    assert screen.press(title) == []
    assert screen.posted == [Touched()]


def test_a_touch_beside_the_question_asks_for_more_time(screen: ScreenDriver) -> None:
    screen.show_sample(sample_named("StillThere"), "en")
    title = next(text for text in screen.texts() if text.text == "Is this correct?")
    assert screen.press(title) == [MoreTimePressed()]
    assert Touched() not in screen.posted


def test_pages_hold_six_services_each_and_all_can_be_reached(screen: ScreenDriver) -> None:
    screen.show_stage(ChoosingService(1, VISITOR, NoReservation(VISITOR)))
    found: list[str] = []
    while True:
        here = [t.item.objectName() for t in screen.targets()]
        services = [name for name in here if name.startswith("service-")]
        assert len(services) <= 6
        found += services
        if "nextPage" not in here:
            break
        assert screen.press(screen.target("nextPage")) == []
    assert found == [f"service-{one}" for one in PLACE.walk_in_services]


def test_waits_that_nobody_can_tell_are_not_waited_for(screen: ScreenDriver) -> None:
    def waits(sample: str) -> list[str]:
        screen.show_stage(Attract())
        screen.show_sample(sample_named(sample), "en")
        return [text.text for text in screen.texts() if text.text == "…"]

    assert len(waits("ChoosingService-waiting")) == 6
    assert waits("ChoosingService-unknown") == []
    assert "Choose one service." in [text.text for text in screen.texts()]


def test_a_number_is_given_up_only_with_the_button_that_says_so(screen: ScreenDriver) -> None:
    screen.show_sample(sample_named("PrintFailed"), "en")
    giving_up = [one for one in screen.targets() if screen.press(one) == [CancelPressed()]]
    assert [one.text for one in giving_up] == ["I do not need the ticket any more"]


def test_what_is_not_correct_can_be_said(screen: ScreenDriver) -> None:
    screen.show_sample(sample_named("Confirming"), "en")
    assert screen.target("back").text == "Use another document"
    screen.show_sample(sample_named("Confirming-walk-in"), "en")
    assert screen.target("back").text == "Back"


def test_who_has_not_chosen_a_language_yet_reads_two(screen: ScreenDriver) -> None:
    def words(sample: str) -> set[str]:
        screen.show_sample(sample_named(sample), "en")
        return {text.text for text in screen.texts()}

    assert {"Reading your document", "正在读取证件"} <= words("ReadingDocument-unasked")
    assert {"It is too dark: keep your hand out of the light", "光线太暗，请勿用手遮挡"} <= words(
        "ReadingDocument-unasked"
    )
    assert words("ReadingDocument-TOO_DARK").isdisjoint({"正在读取证件", "光线太暗，请勿用手遮挡"})
    assert {"Place your document", "请放置护照或身份证件"} <= words("PlacingDocument-unasked")
    assert "请放置护照或身份证件" not in words("PlacingDocument-NO_DOCUMENT")


def placing(hint: Hint) -> Stage:
    return PlacingDocument(1, hint)


def reading(hint: Hint) -> Stage:
    return ReadingDocument(1, hint=hint)


AT_THE_CAMERA = [pytest.param(make, id=make.__name__) for make in (placing, reading)]


def banner_of(screen: ScreenDriver) -> Shown:
    return next(shown for shown in screen.visible() if kind_of(shown.item) == "HintBanner")


def hints_of(make: Callable[[Hint], Stage]) -> list[Hint]:
    """Those that can be shown there: where something lies, nobody waits for a document."""
    return [hint for hint in Hint if make is placing or hint is not Hint.NO_DOCUMENT]


@pytest.mark.parametrize("make", AT_THE_CAMERA)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hint_can_be_read_in_words_of_its_own(
    screen: ScreenDriver, make: Callable[[Hint], Stage], language: str
) -> None:
    read: dict[str, Hint] = {}
    for hint in hints_of(make):
        screen.show_stage(make(hint), language)
        banner = banner_of(screen)
        (text,) = [one for one in screen.texts() if banner.item in one.ancestors]
        assert text.text == banner.text
        assert text.item.property("font").pixelSize() >= 40
        assert read.setdefault(text.text, hint) is hint


@pytest.mark.parametrize("make", AT_THE_CAMERA)
def test_only_what_is_well_is_said_in_green_and_nothing_looks_like_an_error(
    portrait: ScreenDriver, make: Callable[[Hint], Stage]
) -> None:
    colours: dict[str, set[Hint]] = {}
    for hint in hints_of(make):
        portrait.show_stage(make(hint))
        colours.setdefault(banner_of(portrait).item.property("tone").name(), set()).add(hint)
    assert colours == {
        "#0b6b3a": {Hint.HOLD_STILL, Hint.READING},
        "#0e4a9a": set(hints_of(make)) - {Hint.HOLD_STILL, Hint.READING},
    }


@pytest.mark.parametrize("make", AT_THE_CAMERA)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_moves_when_the_camera_says_something_else(
    screen: ScreenDriver, make: Callable[[Hint], Stage], language: str
) -> None:
    def places(hint: Hint) -> list[tuple[str, QRectF]]:
        screen.show_stage(make(hint), language)
        plates = ("CameraCard", "HintBanner", "Card", "PlacementPicture")
        return [(kind_of(s.item), s.rect) for s in screen.visible() if kind_of(s.item) in plates]

    first = places(Hint.READING)
    assert {kind for kind, _ in first} >= {"CameraCard", "HintBanner"}
    assert all(places(hint) == first for hint in Hint)


def test_leave_it_where_it_is_is_not_said_to_who_must_do_something(portrait: ScreenDriver) -> None:
    for hint in hints_of(reading):
        portrait.show_stage(reading(hint))
        words = {text.text for text in portrait.texts()}
        leave_it = "Leave it where it is. This takes a few seconds." in words
        assert leave_it is not hint.is_advice
        assert ("Not read yet: please do what is shown." in words) is hint.is_advice


@pytest.mark.parametrize("sample", [s for s in SAMPLES if isinstance(s.stage, Failed)], ids=names)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_says_what_is_wrong_what_to_do_and_its_code(
    portrait: ScreenDriver, sample: Sample, language: str
) -> None:
    portrait.show_sample(sample, language)
    shown = [text.text for text in portrait.texts()]
    model = portrait.window.view_model
    assert isinstance(sample.stage, Failed)
    assert model.failureTitle in shown
    assert model.failureAdvice in shown
    assert any(sample.stage.failure.name in text for text in shown)


def test_the_language_changes_live_without_loading_the_screen_again(screen: ScreenDriver) -> None:
    sample = sample_named("Confirming")
    screen.show_sample(sample, "en")
    item = screen.screen_item()
    assert "Print my ticket" in [text.text for text in screen.texts()]
    screen.show_sample(sample, "zh")
    assert screen.screen_item() is item
    chinese = [text.text for text in screen.texts()]
    assert "打印排队号" in chinese
    assert "Print my ticket" not in chinese
    screen.show_sample(sample, "en")
    assert "Print my ticket" in [text.text for text in screen.texts()]


@pytest.mark.parametrize("sample", SAMPLES, ids=names)
def test_nothing_personal_reaches_the_scene(portrait: ScreenDriver, sample: Sample) -> None:
    portrait.show_sample(sample, "en")
    identity = VISITOR.identity
    assert identity is not None
    secrets = [identity.primary_identifier, *identity.secondary_identifier.split()]
    secrets += [identity.document_number, "1974"]
    shown = " ".join(text.text for text in portrait.texts())
    assert not [secret for secret in secrets if secret in shown]


def sample_named(name: str) -> Sample:
    return next(sample for sample in SAMPLES if sample.name == name)
