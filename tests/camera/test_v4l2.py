"""What a camera makes of the pictures that it is asked for, and what is said of it."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.camera.v4l2 import Delivery, V4l2Source, describe, remark

ASKED = Delivery(1280, 720, 30, "MJPG")
FILM = Delivery(320, 240, 15, "MJPG")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "video.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, (320, 240))
    writer.write(np.zeros((240, 320, 3), np.uint8))
    writer.release()
    return path


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (replace(ASKED, width=640, height=480), "1280 x 720: the camera delivers 640 x 480"),
        (replace(ASKED, fps=10.0), "fps=30: the camera delivers 10"),
        (replace(ASKED, fps=60.0), "fps=30: the camera delivers 60"),
        (replace(ASKED, pixels="YUYV"), "pixels=MJPG: the camera delivers YUYV"),
        (
            replace(ASKED, fps=10.0, pixels="YUYV"),
            "fps=30: the camera delivers 10; pixels=MJPG: the camera delivers YUYV",
        ),
    ],
)
def test_the_remark_says_what_else_the_camera_delivers(given: Delivery, said: str) -> None:
    assert remark(ASKED, given, {"gain": "1"}, {}) == (
        f"{said}; v4l2-ctl --list-formats-ext lists what it can deliver"
    )


def test_the_remark_says_which_controls_were_refused() -> None:
    assert remark(ASKED, ASKED, {"gain": "1", "focus": "2"}, {"gain": "no"}) == "gain=1: no"


@pytest.mark.parametrize(
    "given",
    [ASKED, replace(ASKED, fps=29.97), replace(ASKED, fps=0), replace(ASKED, pixels="JPEG")],
    ids=["the same", "a rate of television", "a rate that is not told", "another name of MJPG"],
)
def test_nothing_is_remarked_where_all_is_as_configured(given: Delivery) -> None:
    assert remark(ASKED, given, {"gain": "1"}, {}) == ""


def test_what_the_camera_delivers_is_described(film: Path) -> None:
    given = Delivery.of(cv2.VideoCapture(str(film)))
    assert given == FILM
    said = describe(given, {"gain": "1", "focus": "2"}, {"focus": "no"})
    assert said == "320 x 240, 15 frames/s, MJPG, gain 1"
    assert "frames/s unknown" in describe(replace(given, fps=0), {}, {})


def test_a_camera_that_takes_no_setting_says_so_when_it_is_opened(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In place of a camera a film is opened, which stays as it is whatever is asked of it."""
    real = cv2.VideoCapture
    monkeypatch.setattr(cv2, "VideoCapture", lambda path, _backend: real(path))
    stream = V4l2Source(film, 640, 480, 30, "YUYV").open()
    stream.close()
    assert stream.described == "320 x 240, 15 frames/s, MJPG"
    assert stream.remark.startswith(
        "640 x 480: the camera delivers 320 x 240; fps=30: the camera delivers 15; "
        "pixels=YUYV: the camera delivers MJPG; "
    )
