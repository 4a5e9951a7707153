"""Watching a camera while documents come and go."""

from collections.abc import Iterator

import pytest

from devices.camera import watching
from devices.camera.contract import BarcodeReading, Code, MrzReading
from devices.camera.simulator import SimulatedCamera
from devices.camera.tray import Tray
from devices.camera.watching import Listener, Outcome, watch
from devices.command import Completion, CompletionCode, RequestId
from devices.event import MediaInserted, MediaRemoved
from tests.camera.contract import PATIENCE
from tests.camera.pictures import lines

PASSPORT, OTHER = "lindqvist-utopia", "brandt-germany"
ONE, TWO = (BarcodeReading((Code(text, "QRCode"),)) for text in ("1", "2"))


class Watched:
    """A simulated camera that is watched; somebody lays documents down as they are told."""

    def __init__(self) -> None:
        self.tray = Tray(slide_seconds=0)
        self.reported: list[tuple[str, str]] = []
        self._then: dict[tuple[str, str], str] = {}
        self.outcomes = watch(SimulatedCamera(self.tray, fps=30), 2 * PATIENCE, self._report)

    def when(self, what: str, value: str, verb: str) -> None:
        """Do this to the tray when that is reported."""
        self._then[what, value] = verb

    def _report(self, what: str, value: str) -> None:
        self.reported.append((what, value))
        if (verb := self._then.pop((what, value), None)) is not None:
            self.tray.do(verb)

    def next_reading(self) -> MrzReading:
        reading = next(each.reading for each in self.outcomes if each.reading is not None)
        assert isinstance(reading, MrzReading)
        return reading


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.outcomes.close()


def test_a_document_that_is_laid_down_again_is_told_again(watched: Watched) -> None:
    watched.tray.do(f"place {PASSPORT}")
    first = watched.next_reading()
    watched.tray.do("remove")
    watched.when("guidance", "noDocument", f"place {PASSPORT}")
    assert watched.next_reading() == first
    assert first.mrz.lines == lines(PASSPORT)


def test_what_the_visitor_would_be_told_is_reported(watched: Watched) -> None:
    watched.when("guidance", "noDocument", f"place {PASSPORT} glare=1")
    watched.when("guidance", "glare", f"place {PASSPORT}")
    watched.next_reading()
    told = [value for what, value in watched.reported if what == "guidance"]
    assert told[0] == "noDocument"
    assert "glare" in told
    assert ("status", "online") in watched.reported


def test_what_lies_there_and_is_not_accepted_is_told_with_its_picture(watched: Watched) -> None:
    watched.tray.do(f"place {PASSPORT} glare=1")
    outcome = next(watched.outcomes)
    assert outcome.reading is None
    assert outcome.picture is not None
    assert outcome.milliseconds > 0


def test_an_unplugged_camera_is_reported_and_read_again_when_it_is_back(watched: Watched) -> None:
    watched.tray.do("unplug")
    watched.when("status", "noDevice (the simulated camera is unplugged)", "replug")
    watched.when("guidance", "noDocument", f"place {OTHER}")
    assert watched.next_reading().mrz.lines == lines(OTHER)


def ended(listener: Listener, result: BarcodeReading | None) -> Outcome | None:
    code = CompletionCode.SUCCESS if result else CompletionCode.TIME_OUT
    listener.completed(Completion(RequestId(1), code, result))
    end = listener.end(PATIENCE)
    assert end is not None
    return end.outcome


def test_a_reading_is_told_once_while_it_lies_there() -> None:
    listener = Listener(SimulatedCamera(Tray()), lambda _what, _value: None)
    listener.hear(MediaInserted())
    told = [ended(listener, each) for each in (ONE, ONE, None, ONE, TWO, TWO, ONE)]
    assert [each and each.reading for each in told] == [ONE, None, None, None, TWO, None, ONE]
    listener.hear(MediaRemoved())
    assert ended(listener, ONE) is None, "a reading that was under way"
    listener.hear(MediaInserted())
    again = ended(listener, ONE)
    assert again is not None
    assert again.reading == ONE


def test_nothing_is_unread_that_has_just_been_laid_down(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(SimulatedCamera(Tray()), lambda _what, _value: None)
    monkeypatch.setattr(watching, "_PATIENCE_SECONDS", PATIENCE)
    listener.hear(MediaInserted())
    assert listener.unread() is None


def test_nothing_is_unread_where_nothing_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_PATIENCE_SECONDS", 0)
    listener = Listener(SimulatedCamera(Tray()), lambda _what, _value: None)
    assert listener.unread() is None
    listener.hear(MediaInserted())
    assert listener.unread() is not None
    listener.hear(MediaRemoved())
    assert listener.unread() is None
