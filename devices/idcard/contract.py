"""What an ID-card reader does for the kiosk, whichever driver or simulator serves it.

Events: `MediaInserted` when a card is found, `MediaRemoved` when it has been taken away or can not
be read any more before it is lifted. The status is a `CardReaderStatus`.
"""

from dataclasses import dataclass

from devices.command import Command
from devices.documents.identity import Identity
from devices.idcard.cards import CardKind

NO_MEDIA = "noMedia"
"""Error of `ReadIdCard`: no card lies there, or it was moved or lifted before it was read."""
INVALID_MEDIA = "invalidMedia"
"""Error of `ReadIdCard`: the card was refused, or what it says cannot be true."""
PROTOCOL_NOT_SUPPORTED = "protocolNotSupported"
"""Error of `ReadIdCard`: a card, but no ID card."""

ERROR_CODES = frozenset({NO_MEDIA, INVALID_MEDIA, PROTOCOL_NOT_SUPPORTED})
"""Every error code (XFS4IoT, card reader) that `ReadIdCard` can end with."""


@dataclass(frozen=True, slots=True)
class IdCardReading:
    """A card that has been read: either a foreigner's, or one for which this is the wrong place."""

    kind: CardKind
    identity: Identity | None
    """None: the wrong type of card; nothing but its type has been kept."""

    @property
    def wrong_card(self) -> bool:
        """Whether the holder is to be told where to go instead."""
        return self.identity is None


@dataclass(frozen=True, slots=True)
class ReadIdCard(Command[IdCardReading]):
    """Read the card that lies on the reader. It is not waited for: see `MediaInserted`.

    Ends as commandErrorCode with one of `ERROR_CODES`, or as hardwareError when the reader cannot
    do its work. After an error the card has to be lifted before it can be read again.
    """


@dataclass(frozen=True, slots=True)
class SamInfo:
    """The reader's security module, for maintenance."""

    sam_id: str
    """As it is written on the module, e.g. ``05.01-20230915-0001234567-0987654321``."""


@dataclass(frozen=True, slots=True)
class ReadSamInfo(Command[SamInfo]):
    """Check the SAM's status and read its number.

    Ends as hardwareError, with what to do, when the SAM does not work.
    """
