"""The driver of scanners that leave pictures in a folder."""

import logging
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from devices.camera.contract import Guidance, GuidanceChanged, MrzReading, ReadDocument
from devices.camera.driver import CameraDriver
from devices.camera.folder import FolderSource
from devices.camera.frame import Pixels
from devices.camera.patterns import LIGHTS, Patterns
from devices.command import Completion, CompletionCode, DeviceGone
from devices.documents.drawing import Side
from devices.event import DeviceEvent, MediaInserted, MediaRemoved, StatusChanged
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver
from devices.status import DeviceState
from tests.camera.contract import PATIENCE, Rig
from tests.camera.pictures import drawing, frame, lines

THREE = Patterns({light: f"{{id}}_{light}.*" for light in LIGHTS})


def write(path: Path, picture: Pixels) -> None:
    _, data = cv2.imencode(path.suffix, picture)
    path.write_bytes(data.tobytes())


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    source = FolderSource(tmp_path / "scans", THREE, settle=0.0, wait=0.1)
    (tmp_path / "scans").mkdir()
    rig = Rig(CameraDriver(source))
    rig.device.start()
    yield rig
    rig.device.stop()


def begin(rig: Rig) -> Any:
    ended: list[Completion[Any]] = []
    over = threading.Event()

    def end(completion: Completion[Any]) -> None:
        ended.append(completion)
        over.set()

    rig.device.submit(ReadDocument(), end, timeout=PATIENCE)
    rig.wait_for_guidance(Guidance.NO_DOCUMENT)

    def result() -> Completion[Any]:
        assert over.wait(PATIENCE)
        return ended[0]

    return result


def test_the_zone_is_read_from_the_infrared_picture(rig: Rig, tmp_path: Path) -> None:
    """The white one has glare all over its zone; nothing is left in the folder."""
    result = begin(rig)
    passport = drawing("lindqvist-utopia")
    write(tmp_path / "scans/1_white.jpg", frame(passport, glare=2.0))
    write(tmp_path / "scans/1_ir.png", frame(passport))
    completion = result()
    assert isinstance(completion.result, MrzReading)
    assert completion.result.mrz.lines == lines("lindqvist-utopia")
    assert completion.result.frames == 1, "nothing can be read in the other one"
    assert list((tmp_path / "scans").iterdir()) == []


def test_white_and_infrared_are_two_pictures_that_agree(rig: Rig, tmp_path: Path) -> None:
    result = begin(rig)
    passport = drawing("lindqvist-utopia")
    white, infrared = frame(passport, seed=1), frame(passport, seed=2)
    write(tmp_path / "scans/1_white.jpg", white)
    write(tmp_path / "scans/1_ir.png", infrared)
    completion = result()
    assert isinstance(completion.result, MrzReading)
    assert completion.result.frames == 2


def test_what_frames_show_is_said_with_them(tmp_path: Path) -> None:
    """Every size of a picture has its number, and two pictures have two."""
    stream = FolderSource(tmp_path, THREE, settle=0.0, wait=0.0).open()
    stream.grab()
    stream.retrieve()
    assert (stream.original, stream.occupied) == (None, False)
    for light, value in (("white", 200), ("ir", 100), ("uv", 5)):
        write(tmp_path / f"1_{light}.png", np.full((60, 90, 3), value, np.uint8))
    for _ in range(2):
        stream.grab()
    seen: dict[int, set[int | None]] = {}
    for _ in range(14):
        value = int(stream.retrieve()[0, 0, 0])
        seen.setdefault(value, set()).add(stream.original)
    assert seen.keys() == {200, 100, 5}
    assert all(len(numbers) == 1 for numbers in seen.values())
    assert len(set.union(*seen.values())) == 3
    assert stream.occupied
    stream.close()


def test_a_page_without_a_zone_is_asked_to_be_turned_over(rig: Rig, tmp_path: Path) -> None:
    begin(rig)
    for light in LIGHTS:
        write(tmp_path / f"scans/1_{light}.png", frame(drawing("claes-belgium", Side.FRONT)))
    rig.wait_for_guidance(Guidance.TURN_OVER)


def test_a_dark_ultraviolet_picture_does_not_take_the_document_away(tmp_path: Path) -> None:
    rig = Rig(CameraDriver(FolderSource(tmp_path, THREE, settle=0.0, wait=0.1, hold=2 * PATIENCE)))
    with rig.device:
        begin(rig)
        write(tmp_path / "1_ir.png", frame(drawing("claes-belgium", Side.FRONT)))
        write(tmp_path / "1_uv.png", np.zeros((720, 1280, 3), np.uint8))
        seen: list[DeviceEvent] = []
        rig.wait_for(lambda e: noted(e, seen) is Guidance.TURN_OVER)
    assert sum(isinstance(event, MediaInserted) for event in seen) == 1
    assert not any(isinstance(event, MediaRemoved) for event in seen)


def noted(event: DeviceEvent, seen: list[DeviceEvent]) -> Guidance | None:
    seen.append(event)
    return event.guidance if isinstance(event, GuidanceChanged) else None


def test_a_placement_is_over_when_its_time_is(tmp_path: Path) -> None:
    rig = Rig(CameraDriver(FolderSource(tmp_path, settle=0.0, hold=0.4)))
    with rig.device:
        begin(rig)
        write(tmp_path / "scan.png", frame(drawing("claes-belgium", Side.FRONT)))
        rig.wait_for(lambda e: isinstance(e, MediaInserted))
        rig.wait_for(lambda e: isinstance(e, MediaRemoved))


def test_a_folder_that_goes_away_is_a_device_that_is_gone_and_comes_back(
    rig: Rig, tmp_path: Path
) -> None:
    result = begin(rig)
    shutil.rmtree(tmp_path / "scans")
    completion = result()
    assert completion.code is CompletionCode.DEVICE_NOT_READY
    assert "scans cannot be used any more" in completion.detail
    (tmp_path / "scans").mkdir()
    rig.wait_for(lambda e: isinstance(e, StatusChanged) and e.status.device is DeviceState.ONLINE)


def test_another_file_system_in_its_place_is_noticed(tmp_path: Path) -> None:
    """As when a share is mounted over the folder, or unmounted."""
    folder = tmp_path / "scans"
    folder.mkdir()
    stream = FolderSource(folder).open()
    stream.grab()
    folder.rename(tmp_path / "old")
    folder.mkdir()
    with pytest.raises(DeviceGone, match="unmounted or replaced"):
        stream.grab()


def test_nothing_is_said_of_what_was_scanned(
    rig: Rig, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    result = begin(rig)
    write(tmp_path / "scans/LINDQVIST_ir.png", frame(drawing("lindqvist-utopia")))
    assert result().code is CompletionCode.SUCCESS
    assert "LINDQVIST" not in caplog.text


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeviceGone, match=r"no folder .*scans; is it mounted"):
        FolderSource(tmp_path / "scans").open()
    (tmp_path / "file").write_text("")
    with pytest.raises(DeviceGone, match="no folder"):
        FolderSource(tmp_path / "file").open()


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("folder:", "folder:/run/scan"),
        ("folder:scans", "names no folder"),
        ("folder:/run/scan?ir={id}{id}.png", "with .id. at most once"),
        ("folder:/run/scan?ir=../{id}.png", "a file's name in the folder"),
        ("folder:/run/scan?ir=IR.jpg&white={id}.jpg", "do not go together: either every pattern"),
        ("folder:/run/scan?ir={id}.jpg&white={id}.jpg", "cannot be told apart"),
        ("folder:/run/scan?delete=maybe", "delete .yes or no."),
        ("folder:/run/scan?hold=-1", "hold=-1 is not understood"),
        ("folder:/run/scan?wait=nan", "wait=nan is not understood"),
        ("folder:/run/scan?lamp=3", "there are ir, white, uv, settle, wait, hold"),
    ],
)
def test_a_wrong_uri_says_what_would_be_right(uri: str, message: str) -> None:
    with pytest.raises(UnknownDeviceUri, match=message):
        create_driver(DeviceKind.CAMERA, uri)


@pytest.mark.parametrize(
    ("patterns", "described"),
    [
        ("ir={id}-IR.jpg&white={id}-VIS.jpg", "ir {id}-IR.jpg, white {id}-VIS.jpg"),
        ("white={id}/VIS.jpg&ir={id}/IR.jpg", "ir {id}/IR.jpg, white {id}/VIS.jpg"),
        ("white=VIS.jpg&ir=IR.jpg", "ir IR.jpg, white VIS.jpg"),
        ("", "white {id}"),
    ],
)
def test_the_registry_makes_the_driver(patterns: str, described: str) -> None:
    driver = create_driver(
        DeviceKind.CAMERA, f"folder:/run/scan?{patterns}&delete=no&hold=5&wait=2.5"
    )
    assert isinstance(driver, CameraDriver)
    assert isinstance(driver.source, FolderSource)
    times = "settle 0.3 s, wait 2.5 s, hold 5 s"
    assert driver.source.described == f"{described}; files are left where they are; {times}"
