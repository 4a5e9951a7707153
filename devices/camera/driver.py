"""The driver of every camera: a source of frames, watched and read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import cv2
import numpy as np

from devices.camera.contract import (
    CameraState,
    CameraStatus,
    DocumentReading,
    GuidanceChanged,
    ReadDocument,
)
from devices.camera.frame import Frame, LatestFrame
from devices.camera.grabber import Grabber
from devices.camera.health import Health
from devices.camera.mrz import MrzReader
from devices.camera.mrz.picture import Grey
from devices.camera.observer import Glance, Observer
from devices.camera.session import ReadingSession
from devices.camera.source import FrameSource
from devices.command import Command, CommandFailed, CompletionCode
from devices.driver import CommandRun
from devices.event import DeviceEvent, MediaInserted, MediaRemoved, StatusChanged
from devices.status import DeviceState, DeviceStatus, Media

_FRAME_SECONDS = 0.25
"""Longest wait for a frame before the command's time and the camera are looked at again."""


class CameraDriver:
    """Implements `devices.driver.Driver` for any source of frames."""

    poll_seconds = 0.25

    def __init__(self, source: FrameSource, *, today: Callable[[], date] = date.today) -> None:
        self.source = source
        self.preview = LatestFrame()
        self._today = today
        self._grabber: Grabber | None = None
        self.described = ""
        """What the open camera delivers and how it is set, for a person."""
        self._remark = ""
        self._emit: Callable[[DeviceEvent], None] = _nobody
        self._begin()

    def _begin(self) -> None:
        self._health = Health(still=self.source.still)
        self._observer = Observer()
        self._looked: Frame | None = None
        self._told: DeviceStatus | None = None
        self._state = CameraState.UNKNOWN
        self._media = Media.UNKNOWN

    # -- devices.driver.Driver ------------------------------------------------------------------

    def open(self, emit: Callable[[DeviceEvent], None]) -> None:
        # of the whole process: one core is enough for the frames, the others are the screen's
        cv2.setNumThreads(1)
        self._reader  # noqa: B018 -- loads the networks now, not when somebody waits for them
        stream = self.source.open()
        self._begin()
        self.described, self._remark = stream.described, stream.remark
        self._emit = emit
        self._grabber = Grabber(stream, self.preview)
        self._grabber.start()

    def close(self) -> None:
        if self._grabber is not None:
            self._grabber.stop()
            self._grabber = None
        self.described = self._remark = ""
        self._begin()  # and no picture of a document is left in memory

    def status(self) -> DeviceStatus:
        fault = self._health.fault
        device = DeviceState.HARDWARE_ERROR if fault else DeviceState.ONLINE
        return CameraStatus(device, fault or self._remark, self._state, self._media)

    def poll(self) -> None:
        self._check()
        frame = self.preview.get()
        if frame is not None and frame is not self._looked:
            self._look(frame)

    def execute(self, command: Command[Any], run: CommandRun) -> object:
        if not isinstance(command, ReadDocument):
            raise CommandFailed(
                CompletionCode.UNSUPPORTED_COMMAND, f"a camera knows no {type(command).__name__}"
            )
        if not (command.mrz or command.barcodes):
            raise CommandFailed(
                CompletionCode.INVALID_DATA, "neither zone nor barcodes are asked for"
            )
        grabber = self._check()
        session = ReadingSession(command, self._reader, self._today())
        grabber.attend(True)
        try:
            return self._read(session, run)
        finally:
            grabber.attend(False)

    # -- its parts ---------------------------------------------------------------------------------

    @cached_property
    def _reader(self) -> MrzReader:
        return MrzReader()

    def _check(self) -> Grabber:
        if self._grabber is None:
            raise CommandFailed(CompletionCode.SEQUENCE_ERROR, "the camera is not open")
        self._grabber.check()
        return self._grabber

    def _read(self, session: ReadingSession, run: CommandRun) -> DocumentReading:
        told = None
        frame = self.preview.get()  # may be older than the command
        while True:
            run.check()
            self._check()
            newer = self.preview.wait_newer(frame, run.remaining(_FRAME_SECONDS))
            if newer is None:
                continue
            frame = newer
            grey, glance = self._look(frame)
            if self._health.repeated:
                continue
            reading = session.look(grey, glance, frame.taken, frame.original)
            if reading is not None:
                return reading
            if session.guidance is not None and session.guidance is not told:
                told = session.guidance
                run.emit(GuidanceChanged(run.request_id, told))

    def _look(self, frame: Frame) -> tuple[Grey, Glance]:
        """Keep status and media up to date, and return the frame for reading."""
        self._looked = frame
        self._health.look(frame)
        self._state = CameraState.INOPERATIVE if self._health.fault else CameraState.OK
        grey: Grey = np.asarray(cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY), np.uint8)
        glance = self._observer.look(grey)
        if frame.occupied is not None:
            # pictures of several lights in turn: they differ without a movement
            glance = replace(glance, occupied=frame.occupied, moving=False)
        media = Media.PRESENT if glance.occupied else Media.NOT_PRESENT
        if self._health.fault:
            media = Media.UNKNOWN
        elif {media, self._media} == {Media.PRESENT, Media.NOT_PRESENT}:
            self._emit(MediaInserted() if media is Media.PRESENT else MediaRemoved())
        elif self._media is Media.UNKNOWN and media is Media.PRESENT:
            self._emit(MediaInserted())
        self._media = media
        if (status := self.status()) != self._told:
            self._told = status
            self._emit(StatusChanged(status))
        return grey, glance


def _nobody(_event: DeviceEvent) -> None:
    """Listen to nothing: before the driver is opened."""
