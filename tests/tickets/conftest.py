from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from ui.ticket.artist import QtTicketArtist


@pytest.fixture(scope="session")
def artist() -> Iterator[QtTicketArtist]:
    application = QGuiApplication.instance() or QGuiApplication([])
    yield QtTicketArtist()
    assert application is not None
