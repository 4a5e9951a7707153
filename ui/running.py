"""Running the kiosk on its own machine until it is told to end."""

import signal

from config.loading import Configuration
from kiosk.application import Surroundings, hall_clock
from kiosk.hardening import forbid_core_dumps, lock_memory
from ui.app import LANDSCAPE, PORTRAIT, application
from ui.kiosk import Kiosk
from ui.ticket.artist import QtTicketArtist


def run_kiosk(configuration: Configuration, *, windowed: bool) -> None:
    """Show the kiosk, and return when the window is closed or the process is told to end.

    Raises:
        SecretError, JournalError, UnknownDeviceUri, PkiError, TranslationError, ScreenError:
            the kiosk cannot start; see `Kiosk`.
    """
    forbid_core_dumps()
    lock_memory()
    app = application()
    kiosk = Kiosk(configuration, Surroundings(QtTicketArtist(), hall_clock(configuration.hall)))
    try:
        if windowed:
            upright = configuration.settings.kiosk.orientation == "portrait"
            width, height = PORTRAIT if upright else LANDSCAPE
            kiosk.window.show_window(width // 2, height // 2)
        else:
            kiosk.window.show_full_screen()
        # Python hears a signal when it runs next, which the screen's clock sees to.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: app.quit())
        app.exec()
    finally:
        kiosk.close()
