"""The simulated tray: verbs, movement, and the faults of a camera."""

import queue
import socket
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import cv2
import numpy as np
import pytest

from devices.camera import health
from devices.camera.contract import CameraState, CameraStatus, Guidance, MrzReading, ReadDocument
from devices.camera.scene import empty_tray
from devices.camera.simulator import SimulatedCamera, create
from devices.camera.tray import Tray
from devices.camera.words import WORDS
from devices.command import Completion, CompletionCode
from devices.control import UnknownVerb
from devices.event import DeviceEvent, StatusChanged
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver
from devices.status import DeviceState
from tests.camera.contract import PATIENCE, Rig
from tests.camera.pictures import lines


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setattr(health, "BLACK_SECONDS", 0.05)
    monkeypatch.setattr(health, "FROZEN_SECONDS", 0.05)
    rig = Rig(SimulatedCamera(Tray(slide_seconds=0), fps=60))
    rig.device.start()
    yield rig
    rig.device.stop()


def do(rig: Rig, verb: str) -> None:
    assert isinstance(rig.driver, SimulatedCamera)
    rig.driver.tray.do(verb)


def state_is(state: DeviceState) -> Any:
    def matches(event: DeviceEvent) -> bool:
        return isinstance(event, StatusChanged) and event.status.device is state

    return matches


@pytest.mark.parametrize(("fault", "word"), [("black", "black"), ("freeze", "frozen")])
def test_black_and_frozen_cameras_say_so_while_reading_and_recover(
    rig: Rig, fault: str, word: str
) -> None:
    ended: queue.SimpleQueue[Completion[Any]] = queue.SimpleQueue()
    rig.device.submit(ReadDocument(), ended.put, timeout=PATIENCE)
    rig.wait_for_guidance(Guidance.NO_DOCUMENT)
    do(rig, fault)
    rig.wait_for(state_is(DeviceState.HARDWARE_ERROR))
    status = rig.device.status
    assert isinstance(status, CameraStatus)
    assert status.camera is CameraState.INOPERATIVE
    assert word in status.detail
    do(rig, "restore")
    rig.wait_for(state_is(DeviceState.ONLINE))
    do(rig, "place lindqvist-utopia")
    assert ended.get(timeout=PATIENCE).code is CompletionCode.SUCCESS


def test_a_frozen_picture_of_a_document_is_not_read(rig: Rig) -> None:
    do(rig, "place lindqvist-utopia")
    assert rig.read().code is CompletionCode.SUCCESS
    do(rig, "freeze")
    rig.wait_for(state_is(DeviceState.HARDWARE_ERROR))
    completion = rig.device.call(ReadDocument(), timeout=0.3)
    assert completion.code is CompletionCode.TIME_OUT


def test_unplugging_ends_the_command_and_plugging_in_again_works(rig: Rig) -> None:
    ended: queue.SimpleQueue[Completion[Any]] = queue.SimpleQueue()
    rig.device.submit(ReadDocument(), ended.put, timeout=PATIENCE)
    rig.wait_for_guidance(Guidance.NO_DOCUMENT)
    do(rig, "unplug")
    completion = ended.get(timeout=PATIENCE)
    assert completion.code is CompletionCode.DEVICE_NOT_READY
    assert "unplugged" in completion.detail
    rig.wait_for(state_is(DeviceState.NO_DEVICE))
    do(rig, "replug")
    do(rig, "place lindqvist-utopia")
    rig.wait_for(state_is(DeviceState.ONLINE))
    assert rig.read().code is CompletionCode.SUCCESS


def test_unplugging_is_noticed_while_nobody_reads(rig: Rig) -> None:
    rig.wait_for(state_is(DeviceState.ONLINE))
    do(rig, "unplug")
    rig.wait_for(state_is(DeviceState.NO_DEVICE))


def test_things_slide_in_rest_with_noise_and_slide_out() -> None:
    clock = Clock()
    tray = Tray(slide_seconds=0.5, clock=clock)
    empty = tray.picture()
    tray.do("place lindqvist-utopia")
    clock.now += 0.2
    moving = tray.picture()
    clock.now += 1
    resting, again = tray.picture(), tray.picture()
    assert not np.array_equal(resting, again), "a sensor's noise is never the same"
    assert np.abs(resting.astype(int) - again).mean() < 6
    assert np.abs(resting.astype(int) - moving).mean() > 15
    tray.do("remove")
    clock.now += 2
    assert np.abs(tray.picture().astype(int) - empty).mean() < 6


def test_the_next_document_waits_until_the_one_before_has_gone() -> None:
    clock = Clock()
    tray = Tray(slide_seconds=0.5, clock=clock)
    tray.do("place lindqvist-utopia")
    clock.now += 2
    first = tray.picture()
    tray.do("place wang-china")
    assert np.abs(tray.picture().astype(int) - first).mean() < 6
    clock.now += 2
    assert np.abs(tray.picture().astype(int) - first).mean() > 10


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "place, present, show, next, remove"),
        ("dance", "'dance' is no verb"),
        ("place", "lindqvist-utopia"),
        ("place nobody", "lindqvist-utopia"),
        ("place lindqvist-utopia side=inside", "front or back"),
        ("place lindqvist-utopia blur=much", "blur=much is no number"),
        ("place lindqvist-utopia colour=3", "colour=3 is not understood"),
        ("place lindqvist-utopia angle=nan", "angle=nan is not understood"),
        ("place lindqvist-utopia size=0", "size"),
        ("present qr", "and a text"),
        ("present qr " + "9" * 8000, "qr cannot hold this text"),
        ("present code128 预约", "code128 cannot hold this text"),
        ("present ean 12", "datamatrix"),
        ("present qr glare=9 A", "glare=9 is not understood"),
        ("place wang-china + nobody", "lindqvist-utopia"),
        ("show /no/where.png", "where.png is neither"),
        ("show /dev", "dev is neither"),
        ("next", "nothing has been shown yet"),
    ],
)
def test_a_wrong_verb_says_what_would_be_right(line: str, message: str) -> None:
    with pytest.raises(UnknownVerb, match=message):
        Tray().do(line)


@pytest.mark.parametrize(
    "mishap",
    ["finger=20", "shadow=0.8", "infrared=1", "mirror=1", "contrast=0.3", "cracked=1", "glare=1",
     "glare=1 glare_x=0.1 glare_y=0.2", "motion=14 motion_angle=0", "blur=3", "light=0.4",
     "tilt_x=25", "angle=90", "size=0.5", "side=back", "worn=1", "worn=0.5", "misprint=1",
     "overprint=0.5", "overprint=0.5 overprint_x=0.3 overprint_y=0.3", "hologram=1",
     "hologram=1 hologram_x=0.2 hologram_y=0.3", "bent=15", "bent=-15", "hand=1", "noise=25",
     "quality=1"],
)  # fmt: skip
def test_everything_that_spoils_a_picture_is_a_word_of_a_verb(mishap: str) -> None:
    good, spoiled = (Tray(slide_seconds=0, noise=0, clock=Clock()) for _ in range(2))
    good.do("place moreau-residence-permit")
    spoiled.do(f"place moreau-residence-permit {mishap}")
    seen = spoiled.picture()
    difference = np.abs(good.picture().astype(int) - seen)
    assert (difference > 40).mean() > 0.002
    again = Tray(slide_seconds=0, noise=0, clock=Clock())
    again.do(f"place moreau-residence-permit {mishap}")
    np.testing.assert_array_equal(again.picture(), seen)


@pytest.mark.parametrize("name", WORDS)
def test_a_value_that_no_word_takes_is_refused_with_its_range(name: str) -> None:
    word = WORDS[name]
    for value in (word.least - 0.5, word.most + 0.5):
        with pytest.raises(UnknownVerb) as refused:
            Tray().do(f"place wang-china {name}={value}")
        assert f"{name} is {word.least:g} to {word.most:g}" in str(refused.value)
    for good in (word.least, word.most):
        assert Tray().do(f"place wang-china {name}={good}") == "wang-china"


@pytest.mark.parametrize("word", ["worn=1", "misprint=1", "hand=1"])
def test_another_seed_is_another_wear_and_another_hand(word: str) -> None:
    pictures = []
    for seed in ("", "seed=0", "seed=1"):
        tray = Tray(slide_seconds=0, noise=0, clock=Clock())
        tray.do(f"place wang-china {word} {seed}".strip())
        pictures.append(tray.picture())
    np.testing.assert_array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[1], pictures[2])


def test_a_hand_settles_and_trembles_on() -> None:
    clock = Clock()
    tray = Tray(slide_seconds=0.5, noise=0, clock=clock)
    tray.do("place wang-china hand=1 hologram=1")
    pictures = []
    for seconds in (0.55, 0.1, 2.0, 0.1, 0.1):
        clock.now += seconds
        pictures.append(tray.picture().astype(int))
    changes = [float(np.abs(b - a).mean()) for a, b in pairwise(pictures)]
    assert changes[0] > changes[2] > 0.5
    assert changes[3] > 0.5


def test_a_document_that_a_hand_holds_is_accepted(rig: Rig) -> None:
    do(rig, "place lindqvist-utopia hand=1 quality=80 misprint=0.3 seed=4")
    completion = rig.read()
    assert isinstance(completion.result, MrzReading)
    assert completion.result.mrz.lines == lines("lindqvist-utopia")


def test_of_two_things_the_worst_that_is_told_of_the_camera_counts() -> None:
    tray = Tray(slide_seconds=0, noise=0)
    tray.do("place claes-belgium x_mm=-43 noise=20 + wang-china x_mm=60 noise=1")
    beside = (slice(0, 100), slice(0, 550))  # where neither of them lies
    noise = tray.picture()[beside].astype(int) - empty_tray()[beside]
    assert 15 < float(noise.std()) < 22
    pictures = []
    for one, other in (("1", "90"), ("90", "1")):
        tray.do(f"place claes-belgium x_mm=-43 quality={one} + wang-china x_mm=60 quality={other}")
        pictures.append(tray.picture())
    np.testing.assert_array_equal(pictures[0], pictures[1])
    tray.do("remove")
    np.testing.assert_array_equal(tray.picture(), empty_tray())


def test_the_middle_of_a_bent_page_is_nearer_and_its_rim_is_bowed() -> None:
    tray = Tray(slide_seconds=0, noise=0)
    tray.do("place lindqvist-utopia bent=0")
    flat = tray.picture().max(axis=2) > 110
    tray.do("place lindqvist-utopia bent=20")
    bent = tray.picture().max(axis=2) > 110
    lowest = [[int(seen[:, x].nonzero()[0].max()) for x in (260, 640)] for seen in (flat, bent)]
    assert abs(lowest[0][1] - lowest[0][0]) <= 1
    assert 10 < lowest[1][1] - lowest[1][0] < 30, "44 mm below the middle, at 300 of 320 mm"


def test_a_coloured_stamp_all_but_vanishes_in_infrared_and_the_zone_does_not() -> None:
    seen = {}
    for words in ("", "overprint=1", "infrared=1", "infrared=1 overprint=1"):
        tray = Tray(slide_seconds=0, noise=0)
        tray.do(f"place lindqvist-utopia overprint_y=0.4 {words}")
        seen[words] = tray.picture().astype(int)
    stamped = float(np.abs(seen["overprint=1"] - seen[""]).mean())
    hidden = float(np.abs(seen["infrared=1 overprint=1"] - seen["infrared=1"]).mean())
    assert hidden < stamped / 3
    assert np.ptp(seen["infrared=1"], axis=2).max() == 0, "one light has no colours"
    assert seen["infrared=1"][560:660, 240:1040].min() < 80


def test_help_and_the_documentation_tell_every_word_with_its_range() -> None:
    told = Tray().do("help")
    page = (Path(__file__).parents[2] / "docs" / "camera.md").read_text(encoding="utf-8")
    for name, word in WORDS.items():
        assert f"{name} {word}" in told
        assert f"| `{name}` | {word.least:g} to {word.most:g}" in page


def test_a_mirrored_camera_shows_the_mirror_image() -> None:
    tray, mirrored = Tray(slide_seconds=0, noise=0), Tray(slide_seconds=0, noise=0)
    tray.do("place wang-china x_mm=20")
    mirrored.do("place wang-china x_mm=20 mirror=1")
    assert np.array_equal(tray.picture()[:, ::-1], mirrored.picture())


def test_a_finger_covers_what_it_says_and_no_more() -> None:
    tray = Tray(slide_seconds=0, noise=0)
    tray.do("place wang-china")
    free = tray.picture()
    tray.do("place wang-china finger=20 finger_x=0.5")
    covered = (np.abs(tray.picture().astype(int) - free).max(axis=2) > 10).nonzero()
    assert 100 < np.ptp(covered[1]) < 130, "a finger's width of 15 mm"
    assert abs(float(np.mean(covered[1])) - 640) < 10


def test_two_documents_lie_in_one_picture() -> None:
    tray = Tray(slide_seconds=0, noise=0)
    assert tray.do("place claes-belgium x_mm=-43 + wang-china x_mm=60") == (
        "claes-belgium + wang-china"
    )
    both = tray.picture()
    tray.do("place claes-belgium x_mm=-43")
    one = tray.picture()
    assert np.array_equal(both[:, :300], one[:, :300])
    assert (both[:, 700:] != one[:, 700:]).mean() > 0.5


def test_pictures_of_a_folder_are_shown_one_after_the_other(tmp_path: Path) -> None:
    for name, value in (("b.png", 90), ("a.png", 200), ("notes.txt", 0)):
        _, data = cv2.imencode(".png", np.full((300, 600, 3), value, np.uint8))
        (tmp_path / name).write_bytes(data.tobytes())
    tray = Tray(slide_seconds=0, noise=0)
    seen = []
    for verb in (f"show {tmp_path}", "next", "next", f"show {tmp_path}/b.png light=0.5"):
        name = tray.do(verb)
        seen.append((name, int(tray.picture()[360, 640, 0])))
    assert seen == [("a.png", 200), ("b.png", 90), ("a.png", 200), ("b.png", 45)]


def test_a_file_that_is_no_picture_is_said_and_the_next_one_comes(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    _, data = cv2.imencode(".png", np.full((30, 60, 3), 90, np.uint8))
    (tmp_path / "b.png").write_bytes(data.tobytes())
    tray = Tray(slide_seconds=0)
    with pytest.raises(UnknownVerb, match=r"a\.png is no picture"):
        tray.do(f"show {tmp_path}")
    assert tray.do("next") == "b.png"


def test_status_tells_what_is_there() -> None:
    tray = Tray(slide_seconds=0)
    assert tray.do("status") == "empty"
    tray.do("place wang-china")
    tray.do("freeze")
    assert tray.do("unplug") == "wang-china freeze unplugged"


def test_the_side_channel_takes_verbs_over_tcp() -> None:
    camera = create(urlsplit("sim:camera?control=0&slide=0"))
    assert camera.side_channel is not None
    with socket.create_connection(("127.0.0.1", camera.side_channel.port), PATIENCE) as link:
        stream = link.makefile("rw", encoding="utf-8", newline="\n")
        for line, answer in (
            ("place wang-china", "ok wang-china"),
            ("jump", "error 'jump' is no verb"),
            ("remove", "ok empty"),
            ("status", "empty"),
        ):
            stream.write(f"{line}\n")
            stream.flush()
            assert stream.readline().startswith(answer)
        stream.close()
    with pytest.raises(UnknownDeviceUri, match="is taken"):
        create(urlsplit(f"sim:camera?control={camera.side_channel.port}"))
    camera.side_channel.stop()


@pytest.mark.parametrize(
    "uri", ["sim:chip", "sim:camera?fps=0", "sim:camera?fps=x", "sim:camera?speed=3"]
)
def test_a_uri_that_is_not_understood_is_refused(uri: str) -> None:
    with pytest.raises(UnknownDeviceUri, match="sim:"):
        create_driver(DeviceKind.CAMERA, uri)


def test_the_registry_makes_the_simulator() -> None:
    assert isinstance(create_driver(DeviceKind.CAMERA, "sim:camera?noise=1"), SimulatedCamera)
