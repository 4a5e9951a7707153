"""Capture through OpenCV: what is missing or broken is said, and URIs are understood."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.camera.agreement import Agreement
from devices.camera.capture import PictureSource, VideoSource, read_picture
from devices.camera.driver import CameraDriver
from devices.camera.mrz import MrzReader
from devices.camera.v4l2 import V4l2Source
from devices.command import DeviceGone
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver
from devices.status import DeviceState
from tests.camera.contract import Rig
from tests.camera.pictures import drawing, frame, grey, lines
from tests.camera.zones import TODAY


def test_a_camera_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeviceGone, match=r"no camera at .*video9; check its cable"):
        V4l2Source(tmp_path / "video9", 1280, 720, 30).open()


def test_what_is_no_camera_is_named(tmp_path: Path) -> None:
    path = tmp_path / "video0"
    path.write_bytes(b"not a device")
    with pytest.raises(DeviceGone, match=r"video0 is no camera"):
        V4l2Source(path, 1280, 720, 30).open()


@pytest.mark.parametrize("source", [PictureSource, VideoSource])
@pytest.mark.parametrize("content", [None, b"", b"nothing of the kind" * 50])
def test_files_that_cannot_be_read_are_named(
    source: type[PictureSource | VideoSource], content: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "file.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DeviceGone, match=r"file\.png"):
        source(path).open()
    assert read_picture(path) is None


def test_a_picture_file_is_one_picture_and_believed_when_all_of_its_sizes_are_read_alike(
    tmp_path: Path,
) -> None:
    path = tmp_path / "passport.png"
    cv2.imwrite(str(path), frame(drawing("lindqvist-utopia")))
    stream = PictureSource(path).open()
    reader, agreement = MrzReader(), Agreement(TODAY)
    results, originals = [], set()
    for _ in range(4):
        sighting = reader.read(grey(stream.retrieve()), today=TODAY)
        assert sighting is not None
        originals.add(stream.original)
        results.append(agreement.add(sighting, stream.original))
    assert originals == {0}
    assert results[:3] == [None] * 3, "another size may contradict"
    assert results[3] is not None
    mrz, pictures = results[3]
    assert mrz.lines == lines("lindqvist-utopia")
    assert pictures == 1


def test_the_frames_of_a_film_are_pictures_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (320, 240))
    writer.write(np.zeros((240, 320, 3), np.uint8))
    writer.release()
    stream = VideoSource(path).open()
    assert stream.original is None
    stream.close()


def test_a_missing_camera_is_a_status_and_commands_end(tmp_path: Path) -> None:
    driver = create_driver(DeviceKind.CAMERA, f"v4l2:{tmp_path}/video0")
    assert isinstance(driver, CameraDriver)
    rig = Rig(driver)
    with rig.device:
        completion = rig.read()
    assert completion.code.value == "deviceNotReady"
    assert rig.device.status.device is DeviceState.OFFLINE


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("v4l2:", "v4l2:/dev/video0"),
        ("file:", "names no file"),
        ("v4l2:/dev/video0?width=wide", "width=wide is not understood"),
        ("v4l2:/dev/video0?fps=0", "fps=0 is not understood"),
        ("v4l2:/dev/video0?zoom=2x", "zoom .zoom_absolute. takes a whole number"),
        ("v4l2:/dev/video0?pixels=H264", "pixels takes MJPG or YUYV"),
        ("v4l2:/dev/video0?power_line=55", "power_line_frequency.* takes off, 50, 60, auto"),
        ("v4l2:/dev/video0?brightness=auto", "brightness=auto is not understood"),
        ("v4l2:/dev/video0?iris=2", "there are width, height, fps, pixels, exposure, focus"),
        ("tray", "is no camera URI"),
    ],
)
def test_a_wrong_uri_says_what_would_be_right(uri: str, message: str) -> None:
    with pytest.raises(UnknownDeviceUri, match=message):
        create_driver(DeviceKind.CAMERA, uri)


@pytest.mark.parametrize(
    "uri",
    [
        "v4l2:/dev/video0?width=1920&height=1080&fps=15&pixels=YUYV&exposure=156&focus=auto&power_line=50",
        "file:/a/b.jpg",
        "file:/a/b.avi",
    ],
)
def test_uris_make_drivers(uri: str) -> None:
    assert isinstance(create_driver(DeviceKind.CAMERA, uri), CameraDriver)
