"""Logs hold nothing personal, whatever is thrown or filled in."""

import io
import logging
from collections.abc import Iterator

import pytest

from kiosk.backend.contract import BackendError, BackendFailure
from kiosk.logs import Technical, WhitelistFormatter
from tests.visit.world import IDENTITY, SECRETS


class Sink:
    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(WhitelistFormatter())
        self.log = logging.getLogger("tests.logs")
        self.log.propagate = False
        self.log.addHandler(self.handler)

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    yield sink
    sink.log.removeHandler(sink.handler)


def test_what_says_nothing_of_a_person_is_logged_as_it_is(sink: Sink) -> None:
    error = BackendError(BackendFailure.TIMEOUT, "no answer within 8 s")
    sink.log.warning("%s after %d tries at %s", error, 3, Technical("printer"))
    assert "timeout: no answer within 8 s after 3 tries at printer" in sink.text


@pytest.mark.parametrize("value", [IDENTITY, "ERIKSSON", ("ERIKSSON",), {"name": "ERIKSSON"}])
def test_anything_else_becomes_the_name_of_its_type(sink: Sink, value: object) -> None:
    sink.log.warning("it was %s", value)
    assert "<" in sink.text
    assert not any(secret in sink.text for secret in SECRETS)


def test_a_traceback_tells_the_places_and_not_the_texts(sink: Sink) -> None:
    def fails() -> None:
        raise ValueError("ERIKSSON")

    def fails_again() -> None:
        try:
            fails()
        except ValueError as error:
            raise KeyError("ANNA MARIA") from error

    try:
        fails_again()
    except KeyError:
        sink.log.exception("reading failed")
    assert "KeyError" in sink.text
    assert "ValueError" in sink.text
    assert "in fails" in sink.text
    assert not any(secret in sink.text for secret in SECRETS)
