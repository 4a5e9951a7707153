"""Black and frozen pictures over time; a document's dark cover is neither."""

from devices.camera.frame import Frame, Pixels
from devices.camera.health import Health
from devices.camera.scene import empty_tray
from devices.documents.drawing import Side
from tests.camera.pictures import drawing, frame


def health_after(pictures: list[Pixels], *, still: bool = False, step: float = 0.5) -> Health:
    health = Health(still=still)
    for number, picture in enumerate(pictures):
        health.look(Frame(picture, 10.0 + number * step))
    return health


def noisy(count: int) -> list[Pixels]:
    return [frame(None, seed=seed) for seed in range(count)]


def test_a_working_camera_has_no_fault() -> None:
    assert health_after(noisy(8)).fault == ""


def test_black_is_a_fault_after_a_while_and_ends_with_the_next_picture() -> None:
    black = [empty_tray() * 0 + (seed % 3) for seed in range(8)]
    assert health_after(black[:2]).fault == ""
    assert "black" in health_after(black).fault
    assert health_after([*black, frame(None)]).fault == ""


def test_frozen_is_a_fault_unless_the_source_is_a_still_picture() -> None:
    same = [frame(None)] * 8
    assert "frozen" in health_after(same).fault
    assert health_after(same[:3]).fault == ""
    assert health_after(same, still=True).fault == ""
    assert health_after([*same, frame(None, seed=2)]).fault == ""


def test_a_dark_cover_is_not_black() -> None:
    cover = drawing("wang-china", Side.BACK)
    assert health_after([frame(cover, seed=seed, light=0.4) for seed in range(6)]).fault == ""
