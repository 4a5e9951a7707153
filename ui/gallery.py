"""Pictures of all screens with invented data, drawn offscreen, with a page to look at them."""

import html
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from devices.camera.frame import Pixels
from kiosk.visit.events import UserEvent
from kiosk.visit.stages import Attract
from kiosk.visit.visit import Visit
from ui import samples
from ui.app import LANDSCAPE, PORTRAIT, KioskWindow
from ui.presentation.place import Place
from ui.samples import Sample

ORIENTATIONS = {"portrait": PORTRAIT, "landscape": LANDSCAPE}


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen that has been drawn."""

    name: str
    language: str
    orientation: str
    training: bool
    path: Path


def draw(
    folder: Path,
    place: Place,
    screens: Iterable[Sample],
    *,
    languages: Iterable[str],
    orientations: Iterable[str],
    trainings: Iterable[bool],
) -> Iterator[Picture]:
    """Draw screens into PNG files, settled: animations stand still at a telling point.

    Qt must have been told before to draw offscreen (`ui.app.draw_offscreen`).
    """
    wanted, tags = tuple(screens), tuple(languages)
    for orientation, training in itertools.product(orientations, tuple(trainings)):
        between = Visit("sample", place.hall.languages[0], Attract())
        window = KioskWindow(
            replace(place, training=training),
            between,
            _nobody,
            animated=False,
            now=samples.now,
        )
        window.show_window(*ORIENTATIONS[orientation])
        mark = ".training" if training else ""
        for language, sample in itertools.product(tags, wanted):
            _see(window, samples.frame_of(sample), between)
            window.observe(samples.sample_visit(sample, language))
            window.settle()
            path = folder / f"{sample.name}.{language}.{orientation}{mark}.png"
            window.picture().save(str(path))
            yield Picture(sample.name, language, orientation, training, path)
        window.close()


def _see(window: KioskWindow, frame: Pixels, between: Visit) -> None:
    """Have the camera see something; a screen that is shown looks only now and then."""
    if window.view_model.latest_frame() is not frame:
        window.observe(between)
        window.settle()
        window.view_model.latest_frame = lambda: frame


def write_index(folder: Path, pictures: Iterable[Picture]) -> Path:
    """Write the page that shows the pictures side by side."""
    figures = "\n".join(
        f'<figure><a href="{p.path.name}"><img src="{p.path.name}" class="{p.orientation}" '
        f'alt="{html.escape(p.name)}"></a><figcaption>{html.escape(p.name)} '
        f"({p.language}, {p.orientation}{', training' if p.training else ''})</figcaption></figure>"
        for p in pictures
    )
    index = folder / "index.html"
    index.write_text(_PAGE.replace("FIGURES", figures), encoding="utf-8")
    return index


def _nobody(event: UserEvent) -> None:
    """Take the taps of a screen that nobody stands before."""


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The kiosk's screens</title>
<style>
body { margin: 24px; font: 16px/1.4 system-ui, sans-serif; background: #e6eaf0; color: #10213a }
main { display: flex; flex-wrap: wrap; gap: 24px }
figure { margin: 0 }
img { display: block; box-shadow: 0 2px 12px #0004; background: #fff }
img.portrait { height: 640px }
img.landscape { width: 640px }
figcaption { padding: 8px 0 }
</style>
</head>
<body>
<h1>The kiosk's screens</h1>
<main>
FIGURES
</main>
</body>
</html>
"""
