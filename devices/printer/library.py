"""python-escpos, kept out of the application's log.

It sets up logging when it is imported, and its transports log every opening and closing with the
root logger, as if they were the application.
"""

import logging
from typing import Final

LOGGER: Final = logging.getLogger("escpos")
"""What its transports have to say."""
LOGGER.setLevel(logging.WARNING)

_root = logging.getLogger()
_nothing = logging.NullHandler()
_root.addHandler(_nothing)  # basicConfig does nothing where there is a handler
try:
    from escpos import constants, exceptions, printer
finally:
    _root.removeHandler(_nothing)

for _transport in (printer.network, printer.serial, printer.usb):
    _transport.logging = LOGGER  # it calls nothing but info and error

__all__ = ["constants", "exceptions", "printer"]
