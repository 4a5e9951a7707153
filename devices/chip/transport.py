"""The seam between chip protocols and whatever carries APDUs."""

from typing import Protocol


class CardTransport(Protocol):
    """Carries one command APDU to a card and brings its response back.

    Chaining and secure messaging are layers that implement this protocol on top of another
    transport, so a protocol step never knows what lies below it.
    """

    @property
    def atr(self) -> bytes:
        """The card's answer to reset (ISO/IEC 7816-3, section 8)."""

    def transmit(self, apdu: bytes) -> bytes:
        """Send a command APDU and return the response APDU, SW1 SW2 included (ISO/IEC 7816-4).

        Raises:
            CardRemoved: the card left the field, or the reader is gone; nothing more can be sent.
            CardSilent: the card did not answer within the reader's waiting time.
        """
