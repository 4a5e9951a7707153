"""What each threshold of certainty would let through: `python -m benchmarks.calibrate_mrz`.

Run it after new networks or other decoding, on pictures of a seed of its own (never on those that
are for judging), and write the thresholds into ``devices/camera/mrz/certainty.py``: the least that
let nothing wrong through, and some more, for a thousand pictures say little about one in ten
thousand. Two tables, for what one picture says and for votes over frames; a row for every margin:
the share of right readings that are certain then, and the number of wrong ones that are.
"""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import click

from benchmarks.mrz_pictures import CONDITIONS, TODAY, shots
from benchmarks.mrz_placements import placings
from benchmarks.one_thread import one_thread
from devices.camera.agreement import Agreement
from devices.camera.mrz import MrzReader
from devices.camera.mrz.certainty import STILL, VOTED, Threshold
from devices.camera.mrz.decode import Decoded

SEED = 4711
"""Not the one of the set for judging."""
FRAMES = 10
MARGINS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0)


@dataclass(frozen=True, slots=True)
class Case:
    """One reading that nothing but margins speaks against."""

    right: bool
    checked: float
    """The smallest margin of any character."""
    blind: float
    """The smallest over what no check digit would notice."""

    def passes(self, threshold: Threshold) -> bool:
        return self.checked >= threshold.checked and self.blind >= threshold.blind


Course = list[Case]
"""What is read of one document, frame by frame: the first case that passes is accepted."""


@one_thread()
def stills(condition: str, count: int, seed: int) -> list[Course]:
    """Read single pictures."""
    reader = MrzReader()
    courses = []
    for shot in shots(condition, count, seed):
        sighting = reader.read(shot.grey, today=TODAY)
        if sighting is not None and sighting.inspection.valid and not sighting.faded.any():
            courses.append([_case(sighting.text.decoded, sighting.lines in shot.zones)])
        else:
            courses.append([])
    return courses


@one_thread()
def votes(condition: str, count: int, seed: int) -> list[Course]:
    """Lay documents, and let no margin be enough."""
    reader = MrzReader()
    courses = []
    for placing in placings(condition, count, FRAMES, seed):
        agreement = Agreement(TODAY)
        course: Course = []
        for grey in placing.frames:
            sighting = reader.read(grey, today=TODAY)
            if sighting is None:
                continue
            agreement.add(sighting)
            if agreement.vote is not None and agreement.vote.agreed:
                text = agreement.vote.text
                course.append(_case(text.decoded, text.inspection.lines in placing.zones))
        courses.append(course)
    return courses


def _case(decoded: Decoded, right: bool) -> Case:
    return Case(right, float(decoded.margins.min()), float(decoded.blind_margins.min()))


@click.command()
@click.option("--pictures", default=100, help="Single pictures of each condition.")
@click.option("--placings", "placed", default=25, help="Placements of each condition.")
@click.option("--condition", "conditions", multiple=True, help="Only this one; may be repeated.")
@click.option("--processes", default=1)
@click.option("--seed", default=SEED)
def calibrate(
    pictures: int, placed: int, conditions: tuple[str, ...], processes: int, seed: int
) -> None:
    """Print what each threshold of certainty would let through."""
    names = conditions or tuple(CONDITIONS)
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for what, read, count, now in (
            ("STILL: single pictures", stills, pictures, STILL),
            ("VOTED: placements of 10 frames", votes, placed, VOTED),
        ):
            courses = list(pool.map(partial(read, count=count, seed=seed), names))
            click.echo(f"\n{what}, {count} of each condition; now {now}")
            _tell(dict(zip(names, courses, strict=True)), now)


def _tell(courses: dict[str, list[Course]], now: Threshold) -> None:
    everything = [course for some in courses.values() for course in some]
    click.echo(
        f"{'margin':>8}  {'blind: right':>14} {'wrong':>6}  {'checked: right':>14} {'wrong':>6}"
    )
    for margin in MARGINS:
        blind = outcome(everything, Threshold(now.checked, margin))
        checked = outcome(everything, Threshold(margin, now.blind))
        click.echo(
            f"{margin:8.2f}  {blind[0]:13.2f}% {blind[1]:6}  {checked[0]:13.2f}% {checked[1]:6}"
        )
    click.echo("now, by condition:")
    for name, some in courses.items():
        right, wrong = outcome(some, now)
        click.echo(f"{name:>14}  {right:6.2f}% right, {wrong} wrong of {len(some)}")


def outcome(courses: list[Course], threshold: Threshold) -> tuple[float, int]:
    """Return the share of documents that are read right, and the number of those read wrong."""
    first = [next((case for case in course if case.passes(threshold)), None) for course in courses]
    right = sum(case is not None and case.right for case in first)
    wrong = sum(case is not None and not case.right for case in first)
    return 100 * right / len(courses), wrong


if __name__ == "__main__":
    calibrate()
