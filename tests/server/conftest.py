"""Fixtures: a server per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.server.hall_server import HallServer
from tests.server.support import Api, SettableClock, make_server


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def server(tmp_path: Path, clock: SettableClock) -> Iterator[HallServer]:
    with make_server(tmp_path, clock) as running:
        yield running


@pytest.fixture
def api(server: HallServer) -> Iterator[Api]:
    api = Api(server)
    yield api
    api.session.close()
