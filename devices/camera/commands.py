"""The command line of the camera: read pictures, watch a camera, draw specimens."""

import json
import threading
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

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
from devices.camera.mrz import MrzReader, MrzSighting
from devices.camera.overlay import draw_overlay, write_overlay
from devices.camera.simulator import SimulatedCamera
from devices.command import CompletionCode
from devices.documents import specimen
from devices.documents.drawing import Side, draw_document
from devices.documents.identity import PartialDate
from devices.documents.mrz import Mrz
from devices.driver import Driver
from devices.event import DeviceEvent, StatusChanged
from devices.registry import DeviceKind, UnknownDeviceUri, create_driver
from devices.worker import Device

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(short_help="Try and judge the document camera.")
def camera() -> None:
    """Try and judge the document camera."""


@camera.command(short_help="Read the documents in pictures.")
@click.argument("images", nargs=-1, required=True, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for every picture.")
@click.option("--overlay", type=_FOLDER, help="Folder for pictures with what was found on them.")
def read(images: tuple[Path, ...], as_json: bool, overlay: Path | None) -> None:
    """Read the machine readable zone and the barcodes in IMAGES.

    Ends with status 1 when a file is no picture. With --json, format and lines are null when
    there is no machine readable zone; certain means that every character was clear.
    """
    reader = MrzReader()
    unreadable = False
    for path in images:
        picture = read_picture(path)
        if picture is None:
            click.echo(
                f"{path}: no picture that can be read (PNG, JPEG, BMP, TIFF, WebP)", err=True
            )
            unreadable = True
            continue
        start = time.perf_counter()
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        sighting = reader.read_still(grey, today=date.today())  # noqa: DTZ011 -- the hall's own day
        milliseconds = (time.perf_counter() - start) * 1000
        codes = scan(grey)
        found = _found(path, sighting, milliseconds)
        if codes:
            found["barcodes"] = [{"format": c.symbology, "text": c.text} for c in codes]
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else _told(found))
        if overlay is not None:
            write_overlay(overlay, path.stem, draw_overlay(picture, sighting, codes))
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


def _found(path: Path, sighting: MrzSighting | None, milliseconds: float) -> dict[str, Any]:
    found: dict[str, Any] = {"file": str(path), "format": None, "lines": None, "fields": {},
                             "valid": False, "certain": False}  # fmt: skip
    if sighting is not None:
        inspection = sighting.inspection
        found["format"] = inspection.format and inspection.format.value
        found["lines"] = list(inspection.lines)
        found["valid"] = inspection.valid
        found["certain"] = sighting.certain
        if inspection.mrz is not None:
            found["fields"] = _fields(inspection.mrz)
        else:
            found["fields"] = {k.value: text.strip("<") for k, text in inspection.raw.items()}
            found["errors"] = [str(error) for error in inspection.errors]
    found["ms"] = round(milliseconds, 1)
    return found


def _fields(mrz: Mrz) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    for name, value in asdict(mrz.fields).items():
        first, *rest = name.split("_")
        key = first + "".join(word.capitalize() for word in rest)
        attribute = getattr(mrz.fields, name)
        if isinstance(attribute, PartialDate):
            fields[key] = _partial(attribute)
        else:
            fields[key] = None if value is None else str(value)
    return fields


def _partial(value: PartialDate) -> str:
    year = "XXXX" if value.year is None else f"{value.year:04d}"
    parts = ("XX" if part is None else f"{part:02d}" for part in (value.month, value.day))
    return "-".join((year, *parts))


def _told(found: dict[str, Any]) -> str:
    """Return what was found, for a person."""
    state = "certain" if found["certain"] else "valid, not certain" if found["valid"] else "wrong"
    if found["lines"] is None:
        lines = [f"{found['file']}: no machine readable zone ({found['ms']} ms)"]
    else:
        lines = [f"{found['file']}: {found['format']}, {state} ({found['ms']} ms)"]
        lines += [f"    {line}" for line in found["lines"]]
        lines += [f"    {error}" for error in found.get("errors", ())]
    lines += [f"    {code['format']}: {code['text']}" for code in found.get("barcodes", ())]
    return "\n".join(lines)


def _told_reading(reading: DocumentReading) -> str:
    if isinstance(reading, MrzReading):
        lines = "\n".join(f"    {line}" for line in reading.mrz.lines)
        return f"{reading.mrz.format}, the same in {reading.frames} frames\n{lines}"
    return f"{reading.symbology}: {reading.text}"


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
