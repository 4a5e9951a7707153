"""What holds for every test: no window on anybody's screen, and no clock that decides a test."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long an example takes is no property of the code under test, least of all on a busy machine.
settings.register_profile("hall-kiosk", deadline=None, print_blob=True)
settings.load_profile("hall-kiosk")
