"""A printer of paper pictures: speaks ESC/POS over TCP or a pty, and breaks when it is told to."""

from devices.printer.virtual.model import Model
from devices.printer.virtual.printer import PrintedTicket, VirtualPrinter

__all__ = ["Model", "PrintedTicket", "VirtualPrinter"]
