"""The simulated tray: verbs, movement, and the faults of a camera."""

import queue
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest

from devices.camera import health
from devices.camera.contract import CameraState, CameraStatus, Guidance, ReadDocument
from devices.camera.simulator import SimulatedCamera, create
from devices.camera.tray import Tray
from devices.command import Completion, CompletionCode
from devices.control import UnknownVerb
from devices.event import DeviceEvent, StatusChanged
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver
from devices.status import DeviceState
from tests.camera.contract import PATIENCE, Rig


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
        ("", "place, present, remove"),
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
    ],
)
def test_a_wrong_verb_says_what_would_be_right(line: str, message: str) -> None:
    with pytest.raises(UnknownVerb, match=message):
        Tray().do(line)


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
