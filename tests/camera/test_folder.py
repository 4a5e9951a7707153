"""Scanners that leave pictures in a folder: whole ones only, grouped, and gone afterwards."""

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
from devices.camera.placements import ANY, Pattern, Placements
from devices.command import Completion, CompletionCode, DeviceGone
from devices.documents.drawing import Side
from devices.event import DeviceEvent, MediaInserted, MediaRemoved, StatusChanged
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver
from devices.status import DeviceState
from tests.camera.contract import PATIENCE, Rig
from tests.camera.pictures import drawing, frame, lines

THREE = {light: Pattern.of(f"{{id}}_{light}.*") for light in ("white", "ir", "uv")}


def encoded(value: int, suffix: str = ".png") -> bytes:
    _, data = cv2.imencode(suffix, np.full((60, 90, 3), value, np.uint8))
    return data.tobytes()


def write(path: Path, picture: Pixels) -> None:
    _, data = cv2.imencode(path.suffix, picture)
    path.write_bytes(data.tobytes())


def placements(folder: Path, patterns: Any = ANY, *, delete: bool = True) -> Placements:
    return Placements(folder, patterns, delete=delete, settle=0.3, patience=1.5)


def values(pictures: dict[str, Pixels] | None) -> list[int] | None:
    return None if pictures is None else [int(p[0, 0, 0]) for p in pictures.values()]


def test_a_picture_is_taken_when_it_rests_and_then_deleted(tmp_path: Path) -> None:
    taking = placements(tmp_path)
    path = tmp_path / "scan1.png"
    path.write_bytes(encoded(50))
    assert taking.look(0.0) is None, "it may still be written"
    assert values(taking.look(0.4)) == [50]
    assert not path.exists()
    assert taking.look(9.0) is None


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_half_a_picture_is_waited_for(suffix: str, tmp_path: Path) -> None:
    taking = placements(tmp_path)
    whole = encoded(50, suffix)
    path = tmp_path / f"scan{suffix}"
    path.write_bytes(whole[: len(whole) // 2])
    assert [taking.look(now) for now in (0.0, 0.4, 0.9)] == [None] * 3, "the writer pauses"
    path.write_bytes(whole)
    assert taking.look(1.0) is None
    assert values(taking.look(1.4)) == [50]


def test_half_a_picture_of_a_scanner_that_died_is_deleted_unread(tmp_path: Path) -> None:
    taking = placements(tmp_path)
    path = tmp_path / "scan.jpg"
    path.write_bytes(encoded(50, ".jpg")[:-40])
    assert [taking.look(now) for now in (0.0, 1.0, 2.0, 9.0)] == [None] * 4
    assert not path.exists()


def test_names_that_scanners_rename_from_are_left_alone(tmp_path: Path) -> None:
    taking = placements(tmp_path)
    for name in (".scan.png", "scan.png.part", "scan.tmp", "notes.txt"):
        (tmp_path / name).write_bytes(encoded(50))
    assert [taking.look(now) for now in (0.0, 1.0)] == [None] * 2
    assert len(list(tmp_path.iterdir())) == 4
    (tmp_path / "scan.png.part").rename(tmp_path / "scan.png")
    assert taking.look(2.0) is None
    assert values(taking.look(2.4)) == [50]


def test_the_lights_of_one_placement_come_together_infrared_first(tmp_path: Path) -> None:
    taking = placements(tmp_path, THREE)
    for value, light in ((10, "uv"), (20, "white")):
        (tmp_path / f"7_{light}.png").write_bytes(encoded(value))
    assert [taking.look(now) for now in (0.0, 0.4)] == [None] * 2
    (tmp_path / "7_IR.PNG").write_bytes(encoded(30))
    assert taking.look(0.5) is None
    assert values(taking.look(0.9)) == [30, 20, 10]
    assert list(tmp_path.iterdir()) == []


def test_a_light_that_never_comes_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    taking = placements(tmp_path, THREE)
    (tmp_path / "7_white.png").write_bytes(encoded(20))
    assert [taking.look(now) for now in (0.0, 0.4, 1.8)] == [None] * 3
    assert values(taking.look(2.0)) == [20]


def test_pictures_of_two_placements_are_not_mixed(tmp_path: Path) -> None:
    taking = placements(tmp_path, THREE)
    for name, value in (("a_ir", 1), ("b_ir", 2), ("a_white", 3), ("b_white", 4), ("b_uv", 5)):
        (tmp_path / f"{name}.png").write_bytes(encoded(value))
    taking.look(0.0)
    assert values(taking.look(0.4)) == [2, 4, 5]
    assert values(taking.look(2.0)) == [1, 3]


def test_files_may_be_left_and_are_read_once_unless_they_change(tmp_path: Path) -> None:
    taking = placements(tmp_path, delete=False)
    path = tmp_path / "scan.png"
    path.write_bytes(encoded(50))
    taking.look(0.0)
    assert values(taking.look(0.4)) == [50]
    assert [taking.look(now) for now in (1.0, 2.0)] == [None] * 2
    path.write_bytes(encoded(51) + b"\0")
    taking.look(3.0)
    assert values(taking.look(3.4)) == [51]


@pytest.mark.parametrize("delete", [True, False])
def test_what_was_there_before_is_nobodys(delete: bool, tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(encoded(50))
    taking = placements(tmp_path)
    taking.clear(delete=delete)
    assert [taking.look(now) for now in (0.0, 1.0)] == [None] * 2
    assert path.exists() is not delete


def test_opening_a_folder_without_patterns_deletes_nothing_that_is_in_it(tmp_path: Path) -> None:
    holiday, left = tmp_path / "beach.jpg", tmp_path / "7_ir.png"
    for path in (holiday, left):
        path.write_bytes(encoded(50))
    FolderSource(tmp_path).open().close()
    assert left.exists()
    FolderSource(tmp_path, THREE).open().close()
    assert not left.exists(), "personal data of somebody who has gone"
    assert holiday.exists(), "it is not the scanner's"


# -- the driver ---------------------------------------------------------------------------------


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
    assert list((tmp_path / "scans").iterdir()) == []


def test_a_page_without_a_zone_is_asked_to_be_turned_over(rig: Rig, tmp_path: Path) -> None:
    begin(rig)
    for light in THREE:
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
        ("folder:/run/scan?ir=ir.png", "a file's name with {id} in it once"),
        ("folder:/run/scan?ir={id}{id}.png", "a file's name with {id}"),
        ("folder:/run/scan?ir=a/{id}.png", "a file's name"),
        ("folder:/run/scan?delete=maybe", "delete .yes or no."),
        ("folder:/run/scan?hold=-1", "hold=-1 is not understood"),
        ("folder:/run/scan?wait=nan", "wait=nan is not understood"),
        ("folder:/run/scan?lamp=3", "there are ir, white, uv, settle, wait, hold"),
    ],
)
def test_a_wrong_uri_says_what_would_be_right(uri: str, message: str) -> None:
    with pytest.raises(UnknownDeviceUri, match=message):
        create_driver(DeviceKind.CAMERA, uri)


def test_the_registry_makes_the_driver() -> None:
    uri = "folder:/run/scan?ir={id}-IR.jpg&white={id}-VIS.jpg&delete=no&hold=5"
    driver = create_driver(DeviceKind.CAMERA, uri)
    assert isinstance(driver, CameraDriver)
    assert isinstance(driver.source, FolderSource)
    assert (
        driver.source.described
        == "ir {id}-IR.jpg, white {id}-VIS.jpg; files are left where they are"
    )
    assert driver.source.hold == 5
