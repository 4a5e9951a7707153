"""Commands to the reader and the status bytes of its replies (GA 467, SAM module interface)."""

from enum import IntEnum


class SamCommand(IntEnum):
    """CMD and PARA of a command, as one 16-bit value."""

    RESET = 0x10FF
    STATUS = 0x11FF
    SAM_ID = 0x12FF
    FIND_CARD = 0x2001
    SELECT_CARD = 0x2002
    READ_TEXT_AND_PHOTO = 0x3001
    READ_APPENDED_ADDRESS = 0x3003
    SET_BAUD_115200 = 0x6000
    SET_BAUD_57600 = 0x6001
    SET_BAUD_38400 = 0x6002
    SET_BAUD_19200 = 0x6003
    SET_BAUD_9600 = 0x6004

    @classmethod
    def of(cls, payload: bytes) -> "SamCommand | None":
        """The command of a frame's payload; None: no such command."""
        try:
            return cls(int.from_bytes(payload[:2], "big"))
        except ValueError:
            return None


class Sw3(IntEnum):
    """SW3, the reader's own status byte; SW1 and SW2 are passed on from the card."""

    SUCCESS = 0x90
    NO_SUCH_ITEM = 0x91
    FOUND = 0x9F
    HOST_CHECKSUM = 0x10
    HOST_LENGTH = 0x11
    COMMAND_WRONG = 0x21
    NOT_PERMITTED = 0x23
    UNKNOWN_COMMAND = 0x24
    CARD_AUTHENTICATION = 0x31
    SAM_AUTHENTICATION = 0x32
    VERIFICATION = 0x33
    FINGERPRINT = 0x37
    DATA_LENGTH = 0x3F
    WRONG_CARD = 0x40
    READ_FAILED = 0x41
    RANDOM_NUMBER = 0x47
    SELF_TEST = 0x60
    NOT_AUTHORISED = 0x66
    FIND_FAILED = 0x80
    SELECT_FAILED = 0x81


TEXTS: dict[Sw3, str] = {
    Sw3.SUCCESS: "success",
    Sw3.NO_SUCH_ITEM: "the card holds no such item",
    Sw3.FOUND: "card found",
    Sw3.HOST_CHECKSUM: "the reader got a command with a wrong checksum: check the cable",
    Sw3.HOST_LENGTH: "the reader got a command with a wrong length: check the cable",
    Sw3.COMMAND_WRONG: "the reader does not accept the command",
    Sw3.NOT_PERMITTED: "the reader does not permit the command now",
    Sw3.UNKNOWN_COMMAND: "the reader does not know the command",
    Sw3.CARD_AUTHENTICATION: "the card did not accept the reader's SAM",
    Sw3.SAM_AUTHENTICATION: "the reader's SAM did not accept the card",
    Sw3.VERIFICATION: "the reader's SAM found the card's data not to be genuine",
    Sw3.FINGERPRINT: "the card's fingerprint data could not be verified",
    Sw3.DATA_LENGTH: "the card's data has a wrong length",
    Sw3.WRONG_CARD: "this is no ID card",
    Sw3.READ_FAILED: "the card could not be read; it was moved or lifted",
    Sw3.RANDOM_NUMBER: "the card gave no random number; it was moved or lifted",
    Sw3.SELF_TEST: "the reader's SAM failed its self-test: replace the reader",
    Sw3.NOT_AUTHORISED: "the reader's SAM is not authorised: have the supplier activate it",
    Sw3.FIND_FAILED: "no card found",
    Sw3.SELECT_FAILED: "the card could not be selected; it was moved or lifted",
}
"""What each status says, for staff."""

MOVED = frozenset(
    {Sw3.READ_FAILED, Sw3.RANDOM_NUMBER, Sw3.FIND_FAILED, Sw3.SELECT_FAILED, Sw3.NOT_PERMITTED}
)
"""The card was not there long enough: the holder moved or lifted it."""

LINE_FAULTS = frozenset({Sw3.HOST_CHECKSUM, Sw3.HOST_LENGTH})
"""The command was damaged on its way, and may be sent again."""

READER_FAULTS = frozenset(
    {Sw3.COMMAND_WRONG, Sw3.UNKNOWN_COMMAND, Sw3.SELF_TEST, Sw3.NOT_AUTHORISED} | LINE_FAULTS
)
"""The reader itself cannot do its work, whatever card lies on it."""


def describe(sw3: int) -> str:
    """What a status byte says, for staff; also of one that is in no standard."""
    if sw3 in TEXTS:
        return f"{TEXTS[Sw3(sw3)]} (SW3 {sw3:02X})"
    return f"unknown status (SW3 {sw3:02X})"
