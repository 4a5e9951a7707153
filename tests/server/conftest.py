"""Fixtures: one server for all tests, emptied before each."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, update

from kiosk.server.hall_server import HallServer
from kiosk.server.schema import Base, DeskRow
from tests.server.support import MORNING, Api, SettableClock, make_server


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    with make_server(tmp_path_factory.mktemp("server"), SettableClock()) as server:
        yield server


@pytest.fixture
def server(running: HallServer) -> HallServer:
    assert isinstance(running.clock, SettableClock)
    running.clock.set(MORNING)
    with running.database.writing() as session:
        session.execute(update(DeskRow).values(is_open=False, ticket_id=None, since=MORNING))
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in {"hall", "desk"}:
                session.execute(delete(table))
    return running


@pytest.fixture
def clock(running: HallServer) -> SettableClock:
    assert isinstance(running.clock, SettableClock)
    return running.clock


@pytest.fixture
def api(server: HallServer) -> Iterator[Api]:
    api = Api(server)
    yield api
    api.session.close()
