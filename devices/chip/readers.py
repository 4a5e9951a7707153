"""The seam between the chip reader's driver and whatever has readers with cards on them."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ReaderState:
    """A reader and whether a card is on it."""

    name: str
    card_present: bool
    card_answers: bool
    """False: something is on the reader that is no card, or a card that it cannot talk to."""


class CardConnection(Protocol):
    """A card in use: a `CardTransport` that can be reset and is let go of in the end."""

    @property
    def atr(self) -> bytes: ...

    def transmit(self, apdu: bytes) -> bytes: ...

    def reset(self) -> None:
        """Power the card off and on; raises as `CardTransport.transmit` does."""

    def close(self) -> None:
        """Power the card off; never raises."""


class ReaderSystem(Protocol):
    """Readers that can be asked for their cards. Used on one thread."""

    def states(self) -> list[ReaderState]:
        """The readers and their cards now.

        Raises:
            ReaderUnavailable: a reader, or what reaches it, is gone.
        """

    def connect(self, reader: str) -> CardConnection:
        """Connect to the card on a reader.

        Raises:
            CardRemoved: there is none.
            CardSilent: it does not answer, or somebody else uses it.
            ReaderUnavailable: the reader is gone.
        """

    def close(self) -> None:
        """Let go of the readers; never raises."""
