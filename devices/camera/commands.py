"""The command line of the camera: read pictures, watch a camera, draw specimens."""

import json
import threading
import time
from datetime import date
from pathlib import Path

import click
import cv2
import numpy as np

from devices.camera.barcodes import scan
from devices.camera.capture import read_picture
from devices.camera.contract import (
    DocumentReading,
    GuidanceChanged,
    MrzReading,
    ReadDocument,
)
from devices.camera.driver import CameraDriver
from devices.camera.findings import failure, findings, told
from devices.camera.mrz import MrzReader
from devices.camera.overlay import draw_overlay, write_overlay
from devices.camera.simulator import SimulatedCamera
from devices.command import CompletionCode
from devices.documents import specimen
from devices.documents.drawing import Side, draw_document
from devices.driver import Driver
from devices.event import DeviceEvent, StatusChanged
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver
from devices.worker import Device

_FILE = click.Path(path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_NO_PICTURE = "no picture that can be read (PNG, JPEG, BMP, TIFF, WebP)"


@click.group(short_help="Try and judge the document camera.")
def camera() -> None:
    """Try and judge the document camera."""


@camera.command(short_help="Read the documents in pictures.")
@click.argument("images", nargs=-1, required=True, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for every picture.")
@click.option("--overlay", type=_FOLDER, help="Folder for pictures with what was found on them.")
def read(images: tuple[Path, ...], as_json: bool, overlay: Path | None) -> None:
    """Read the machine readable zone and the barcodes in IMAGES.

    With --json, format and lines are null when there is no machine readable zone; valid means that
    all of it fits together, certain that besides every character was clear, and uncertain names
    the fields that are not. A file that is no picture does not keep the others from being read;
    the command then ends with status 1.
    """
    reader = MrzReader()
    unreadable = False
    drawn: set[str] = set()
    for path in images:
        picture = read_picture(path)
        if picture is None:
            unreadable = True
            click.echo(f"{path}: {_NO_PICTURE}", err=True)
            if as_json:
                click.echo(json.dumps(failure(path, _NO_PICTURE)))
            continue
        start = time.perf_counter()
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        sighting = reader.read_still(grey, today=date.today())  # noqa: DTZ011 -- the hall's own day
        milliseconds = (time.perf_counter() - start) * 1000
        codes = scan(grey)
        found = findings(path, sighting, milliseconds, codes)
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else told(found, sighting))
        if overlay is not None:
            name = path.name if path.stem in drawn else path.stem
            drawn.add(name)
            write_overlay(overlay, name, draw_overlay(picture, sighting, codes))
    if unreadable:
        raise SystemExit(1)


@camera.command(short_help="Read documents with a camera, live.")
@click.argument("uri")
@click.option("--count", default=0, help="End after so many readings; 0 goes on until Ctrl-C.")
@click.option("--seconds", default=0.0, help="End after so many seconds; 0 goes on until Ctrl-C.")
def watch(uri: str, count: int, seconds: float) -> None:
    """Read documents and codes with the camera URI, e.g. v4l2:/dev/video0 or sim:camera.

    The port of a simulated camera's side channel is told at the start; "place lindqvist-utopia"
    sent to it lays a document there.
    """
    try:
        driver = create_driver(DeviceKind.CAMERA, uri)
    except UnknownDeviceUri as error:
        raise click.UsageError(str(error)) from None
    if isinstance(driver, SimulatedCamera) and driver.side_channel is not None:
        click.echo(f"side channel at 127.0.0.1:{driver.side_channel.port}")
    ends = threading.Event()
    until = time.monotonic() + seconds if seconds > 0 else None
    with Device("camera", driver) as device:
        device.subscribe(_Teller(driver))
        done = 0
        last: DocumentReading | None = None
        while not ends.wait(0.2):
            left = 0.0 if until is None else until - time.monotonic()
            if left < 0 or (count and done >= count):
                break
            completion = device.call(ReadDocument(), timeout=left)
            if completion.code is CompletionCode.SUCCESS and completion.result is not None:
                if completion.result != last:
                    click.echo(_told_reading(completion.result))
                    done += 1
                last = completion.result
            elif completion.code is not CompletionCode.TIME_OUT:
                click.echo(f"{completion.code.value}: {completion.detail}")
                ends.wait(1)


@camera.command(short_help="Draw a specimen document.")
@click.argument("name")
@click.option("--side", type=click.Choice([side.value for side in Side]), help="Front or back.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def draw(name: str, side: str | None, out: Path) -> None:
    """Draw the specimen document NAME into a PNG file."""
    known = specimen.load_all()
    if name not in known:
        raise click.UsageError(f"there is no specimen {name!r}; there are {', '.join(known)}")
    found = known[name]
    drawing = draw_document(
        found.document, Side(side) if side else None, chip=found.chip is not None
    )
    click.echo(write_overlay(out.parent, out.stem, drawing.image))


def _told_reading(reading: DocumentReading) -> str:
    if isinstance(reading, MrzReading):
        lines = "\n".join(f"    {line}" for line in reading.mrz.lines)
        return f"{reading.mrz.format}, the same in {reading.frames} frames\n{lines}"
    return "\n".join(f"{code.symbology}: {code.text}" for code in reading.codes)


class _Teller:
    """Prints what a camera reports, each thing when it changes."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._told: dict[str, str] = {}

    def __call__(self, event: DeviceEvent) -> None:
        if isinstance(event, GuidanceChanged):
            self._tell("guidance", event.guidance.value)
        elif isinstance(event, StatusChanged):
            detail = f" ({event.status.detail})" if event.status.detail else ""
            self._tell("status", f"{event.status.device.value}{detail}")
            if isinstance(self._driver, CameraDriver) and self._driver.described:
                self._tell("settings", self._driver.described)

    def _tell(self, what: str, value: str) -> None:
        if self._told.get(what) != value:
            self._told[what] = value
            click.echo(f"{what}: {value}")
