"""The words by which an operator says how a thing lies under the simulated camera."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final

import numpy as np

from devices.camera.hand import Hand
from devices.camera.prints import Wear
from devices.camera.scene import Placement
from devices.control import UnknownVerb


@dataclass(frozen=True, slots=True)
class Word:
    """What a word may be set to."""

    least: float
    most: float
    meaning: str
    whole: bool = False
    """Only whole numbers."""

    def __str__(self) -> str:
        whole = ", whole" if self.whole else ""
        return f"{self.least:g} to {self.most:g}{whole}: {self.meaning}"


WORDS: Final[Mapping[str, Word]] = {
    "x_mm": Word(-200, 200, "mm to the right of the middle"),
    "y_mm": Word(-200, 200, "mm below the middle"),
    "angle": Word(-360, 360, "degrees anticlockwise; 180 is upside-down"),
    "tilt_x": Word(-45, 45, "degrees by which the upper edge is farther away"),
    "tilt_y": Word(-45, 45, "degrees by which the right edge is farther away"),
    "size": Word(0.1, 3, "1 is flat on the tray; less is farther away"),
    "bent": Word(-30, 30, "mm by which the page stands up in its middle; negative: hangs"),
    "hand": Word(0, 3, "a hand brings it off its place and trembles; 1 is a usual one"),
    "blur": Word(0, 20, "pixels out of focus"),
    "motion": Word(0, 60, "pixels of the trail of a movement"),
    "motion_angle": Word(0, 360, "degrees of its direction; 90 is downwards"),
    "glare": Word(0, 2, "a lamp's reflection; 1 is white"),
    "glare_x": Word(0, 1, "its place, as a share of the width"),
    "glare_y": Word(0, 1, "its place, as a share of the height"),
    "light": Word(0, 3, "brightness; 1 is right"),
    "shadow": Word(0, 1, "how dark the shadow on one half is"),
    "contrast": Word(0.05, 2, "1 is right; less is washed out"),
    "infrared": Word(0, 1, "1: under infrared light"),
    "mirror": Word(0, 1, "1: the camera's picture is mirrored"),
    "finger": Word(0, 100, "mm by which a finger reaches in from the lower edge"),
    "finger_x": Word(0, 1, "its place, as a share of the width"),
    "cracked": Word(0, 1, "splinters in the glass over it"),
    "worn": Word(0, 1, "print grown thick, or thin and pale in patches"),
    "misprint": Word(0, 1, "rows and dots where the printer put down no ink"),
    "overprint": Word(0, 1, "how much a stamp hides what is below"),
    "overprint_x": Word(0, 1, "its place, as a share of the width"),
    "overprint_y": Word(0, 1, "its place, as a share of the height"),
    "hologram": Word(0, 1, "brightness of a hologram over the print; it wanders with the tilt"),
    "hologram_x": Word(0, 1, "its place, as a share of the width"),
    "hologram_y": Word(0, 1, "its place, as a share of the height"),
    "noise": Word(0, 50, "sigma of the sensor's noise, of 255, instead of the camera's own"),
    "quality": Word(
        1, 100, "of the JPEG that the camera makes of the picture; else none", whole=True
    ),
    "seed": Word(0, 65535, "another wear, misprint and hand for every number", whole=True),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a thing is laid down, and what is wrong with it and with the camera meanwhile."""

    placement: Placement = field(default_factory=Placement)
    wear: Wear = field(default_factory=Wear)
    hand: Hand | None = None
    noise: float | None = None
    """Sigma of the sensor's noise; None: the camera's own."""
    quality: int | None = None
    """Of JPEG, 1 to 100; None: no loss."""

    def placed(self, seconds: float) -> Placement:
        """Return how it lies so long after it came; the same for the same seed."""
        if self.hand is None:
            return self.placement
        tremor = np.random.default_rng([self.wear.seed, round(seconds * 1000)])
        return self.hand.moves(self.placement, seconds, tremor)


def manner(options: Mapping[str, str]) -> Manner:
    """Understand words, each with its value.

    Raises:
        UnknownVerb: there is no such word, or its value is out of its range.
    """
    values = {name: _value(name, text) for name, text in options.items()}
    seed = int(values.pop("seed", 0))
    strength, quality = values.pop("hand", 0.0), values.pop("quality", None)
    of_hand = np.random.default_rng([seed, 3])
    noise = values.pop("noise", None)
    of_placement = {each.name for each in fields(Placement)} & values.keys()
    return Manner(
        Placement(**{name: values.pop(name) for name in of_placement}),
        Wear(seed=seed, **values),
        Hand(of_hand, strength) if strength > 0 else None,
        noise,
        None if quality is None else int(quality),
    )


def _value(name: str, text: str) -> float:
    word = WORDS.get(name)
    if word is None:
        raise UnknownVerb(f"{name}={text} is not understood; there are {', '.join(WORDS)}")
    try:
        value = float(text)
    except ValueError:
        raise UnknownVerb(f"{name}={text} is no number; {name} is {word}") from None
    if not word.least <= value <= word.most or (word.whole and value != int(value)):
        raise UnknownVerb(f"{name}={text} is not understood; {name} is {word}")
    return value
