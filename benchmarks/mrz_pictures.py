"""Pictures of drawn documents of nobody, by condition: the set on which the reader is judged.

Seeded, and drawn by other code, from other texts and backgrounds than what the networks were
trained on (`devices.camera.training`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.effects import compressed
from devices.camera.mrz.picture import Grey
from devices.camera.prints import in_infrared, worn
from devices.camera.scene import Placement, add_noise, empty_tray, lay, sensor_noise
from devices.documents.drawing import Drawing, Side, draw_document
from devices.documents.identity import PartialDate, Sex
from devices.documents.specimen import PrintedDocument
from devices.documents.specimen_zone import zone_lines

TODAY = date(2026, 11, 21)
SEED = 20261121
"""Of the set for judging. Nothing is calibrated on it, nor fitted."""
NOISE = 3.0
"""Sigma of the sensor's noise unless a condition tells."""

_FORMATS = ("TD3", "TD3", "TD3", "TD1", "TD1", "TD2", "MRV-A", "MRV-B")
_STATES = ("UTO", "D", "FRA", "NLD", "BEL", "JPN", "KOR", "THA", "BRA", "IND", "KAZ", "GBR", "USA")
_CODES = {"TD3": "P", "TD1": "I", "TD2": "I", "MRV-A": "V", "MRV-B": "V"}
_STARTS = ("B", "BR", "CH", "D", "F", "G", "H", "J", "K", "KW", "L", "M", "N", "O", "P", "Q", "R",
           "S", "SCH", "T", "V", "W", "X", "Y", "Z", "")  # fmt: skip
_VOWELS = ("A", "E", "I", "O", "U", "AI", "EE", "OU", "Y")
_ENDS = ("", "", "N", "R", "S", "L", "NG", "TZ", "CK", "M")


Lines = tuple[str, ...]
Drawings = list[tuple[Drawing, Placement]]
"""What lies under the camera, and how."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture and what stands in it."""

    grey: Grey
    zones: tuple[Lines, ...]
    """The zones in the picture: one, or two where two documents lie there."""


def _placed(**fixed: Any) -> Callable[[np.random.Generator], dict[str, Any]]:
    """Return what places a document: numbers, or ranges from which one is taken."""

    def place(rng: np.random.Generator) -> dict[str, Any]:
        values = {"angle": (-3.0, 3.0), "x_mm": (-6.0, 6.0), "y_mm": (-2.0, 2.0)} | fixed
        return {
            name: float(rng.uniform(*value)) if isinstance(value, tuple) else value
            for name, value in values.items()
        }

    return place


CONDITIONS: dict[str, Callable[[np.random.Generator], dict[str, Any]]] = {
    "clean": _placed(),
    "blur": _placed(blur=(1.5, 4.0)),
    "motion": _placed(motion=(4.0, 12.0)),
    "glare": _placed(glare=(0.15, 0.6)),
    "perspective": _placed(angle=(-8.0, 8.0), tilt_x=(-30.0, 30.0), tilt_y=(-30.0, 30.0), size=0.8),
    "tiny": _placed(size=(0.4, 0.5), x_mm=(-20.0, 20.0), y_mm=(-12.0, 12.0)),
    "turned": _placed(angle=(0.0, 360.0), size=0.7),
    "noise": _placed(noise=(12.0, 26.0), light=(0.5, 1.0)),
    "infrared": _placed(infrared=1.0, light=(0.6, 1.0), noise=(5.0, 10.0), blur=(0.0, 1.5)),
    "jpeg": _placed(quality=(12.0, 35.0), size=(0.6, 0.9)),
    "dark": _placed(light=(0.12, 0.3)),
    "worn": _placed(worn=1.0, blur=(0.5, 1.5)),
    "shadow": _placed(shadow=(0.4, 0.85)),
    "finger": _placed(held=(8.0, 20.0), finger_x=(0.1, 0.9)),
    "mirrored": _placed(mirror=1.0, angle=(-8.0, 8.0), size=(0.7, 1.0)),
    "two": _placed(beside=132.0, size=(0.6, 0.64), angle=(-5.0, 5.0), x_mm=(-68.0, -64.0)),
    "upside_down": _placed(angle=(172.0, 188.0), size=(0.42, 1.0)),
    "sideways": _placed(angle=(84.0, 96.0), size=(0.42, 0.72)),
}
"""Words of `Placement`, and some of this module's own: ``noise`` (sigma), ``quality`` (of JPEG),
``worn`` and ``infrared`` prints, ``held`` (millimetres that a finger reaches in from the edge
that is nearer to the visitor, which is the upper one as often as not), ``beside`` (millimetres to
a second document)."""


def shots(condition: str, count: int, seed: int = SEED) -> Iterator[Shot]:
    """Yield pictures under one condition; the same seed gives the same."""
    for number in range(count):
        rng = np.random.default_rng([seed, list(CONDITIONS).index(condition), number])
        zones, things, camera = arranged(condition, rng)
        noise = sensor_noise(camera["noise"], int(rng.integers(1 << 30)))
        yield Shot(photographed(things, noise, camera), zones)


def without_zone(count: int, seed: int = SEED) -> Iterator[Grey]:
    """Yield pictures of sides of documents that have no zone."""
    for number in range(count):
        rng = np.random.default_rng([seed, 1000, number])
        document = invented(rng)
        side = Side.FRONT if document.format == "TD1" else Side.BACK
        how = Placement(**CONDITIONS["turned"](rng))
        noise = sensor_noise(NOISE, int(rng.integers(1 << 30)))
        yield photographed([(draw_document(document, side), how)], noise, {})


def arranged(
    condition: str, rng: np.random.Generator
) -> tuple[tuple[Lines, ...], Drawings, dict[str, Any]]:
    """Return the zones, the drawings and how they lie, and how the camera's picture suffers."""
    document = invented(rng)
    drawing = draw_document(document)
    how = CONDITIONS[condition](rng)
    camera = {"noise": how.pop("noise", NOISE), "quality": how.pop("quality", None)}
    infrared, wear = how.pop("infrared", 0.0), how.pop("worn", 0.0)
    held, beside = how.pop("held", 0.0), how.pop("beside", 0.0)
    if infrared:
        drawing = in_infrared(drawing)
    if wear:
        drawing = worn(drawing, rng)
    if held:
        how |= _held(drawing, held, rng)
    zones, things = [zone_lines(document)], [(drawing, Placement(**how))]
    if beside:
        other = invented(rng)
        zones.append(zone_lines(other))
        there = how | {"x_mm": how["x_mm"] + beside, "angle": float(rng.uniform(-6, 6))}
        things.append((draw_document(other), Placement(**there)))
    return tuple(zones), things, camera


def photographed(things: Drawings, noise: NDArray[np.int16], camera: dict[str, Any]) -> Grey:
    """Return the picture that a camera takes."""
    scene = empty_tray()
    for drawing, placement in things:
        scene = lay(drawing, placement, ground=scene)
    picture = add_noise(scene, noise)
    if camera.get("quality") is not None:
        picture = compressed(picture, int(camera["quality"]))
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def _held(drawing: Drawing, reach: float, rng: np.random.Generator) -> dict[str, Any]:
    """A finger on the upper edge of a document that lies upside-down, or on the rim below the zone.

    What it covers cannot be read; so it covers nothing of the zone.
    """
    if rng.random() < 0.5:
        return {"finger": float(rng.uniform(1.0, 3.0))}
    height = drawing.image.shape[0] / drawing.pixels_per_mm
    return {"finger": height - reach, "angle": 180 + float(rng.uniform(-3, 3))}


def invented(rng: np.random.Generator) -> PrintedDocument:
    """Return a document of nobody."""
    format_ = str(rng.choice(_FORMATS))
    long = format_ == "TD1" and rng.random() < 0.15
    number = _some(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", int(rng.integers(0, 3)))
    source = "0123456789" if rng.random() < 0.6 else "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    number = (number + _some(rng, source, 12))[: 12 if long else int(rng.integers(7, 10))]
    issued = date(
        2018 + int(rng.integers(0, 8)), int(rng.integers(1, 13)), int(rng.integers(1, 29))
    )
    given = " ".join(_word(rng) for _ in range(rng.integers(0, 4)))
    return PrintedDocument(
        format=format_,  # type: ignore[arg-type]  # one of the literals
        title={"P": "PASSPORT", "I": "IDENTITY CARD", "V": "VISA"}[_CODES[format_]],
        code=_CODES[format_],
        issuing_state=str(rng.choice(_STATES)),
        number=number,
        nationality=str(rng.choice(_STATES)),
        primary_identifier=" ".join(_word(rng) for _ in range(rng.integers(1, 3))),
        secondary_identifier=given,
        birth_date=PartialDate(
            1940 + int(rng.integers(0, 80)), int(rng.integers(1, 13)), int(rng.integers(1, 29))
        ),
        sex=list(Sex)[int(rng.integers(3))],
        issue_date=issued,
        expiry_date=issued.replace(year=issued.year + 10),
        optional_data=_some(rng, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", int(rng.integers(0, 8)))
        if rng.random() < 0.4 and not long
        else "",
    )


def _word(rng: np.random.Generator) -> str:
    parts = [
        str(rng.choice(_STARTS)) + str(rng.choice(_VOWELS)) + str(rng.choice(_ENDS))
        for _ in range(rng.integers(1, 4))
    ]
    return "".join(parts)


def _some(rng: np.random.Generator, characters: str, count: int) -> str:
    return "".join(characters[i] for i in rng.integers(0, len(characters), count))
