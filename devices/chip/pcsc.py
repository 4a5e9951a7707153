"""Readers and cards through PC/SC (pcscd, or the system's own service)."""

from collections.abc import Callable
from typing import Any, Final

from smartcard import scard

from devices.chip.errors import CardRemoved, CardSilent, ReaderUnavailable
from devices.chip.readers import ReaderState

_NO_CARD: Final = frozenset(
    {
        scard.SCARD_W_REMOVED_CARD,
        scard.SCARD_W_RESET_CARD,
        scard.SCARD_W_UNPOWERED_CARD,
        scard.SCARD_E_NO_SMARTCARD,
    }
)
_NO_READER: Final = frozenset(
    {
        scard.SCARD_E_READER_UNAVAILABLE,
        scard.SCARD_E_UNKNOWN_READER,
        scard.SCARD_E_NO_READERS_AVAILABLE,
        scard.SCARD_E_NO_SERVICE,
        scard.SCARD_E_SERVICE_STOPPED,
        scard.SCARD_E_INVALID_HANDLE,
        scard.SCARD_F_COMM_ERROR,
    }
)
_STATUS_WORD: Final = 2
_UNAWARE: Final = 0
_TIMEOUT_NOW: Final = 0
_NOTICE_MILLISECONDS: Final = 1000
"""How long the service may take to notice that a card is gone; it looks every 400 ms."""


def _check(result: int, doing: str) -> None:
    """Turn a PC/SC error code into an exception of ours."""
    if result == scard.SCARD_S_SUCCESS:
        return
    detail = f"{doing}: {scard.SCardGetErrorMessage(result)}"
    if result in _NO_CARD:
        raise CardRemoved(detail)
    if result in _NO_READER:
        raise ReaderUnavailable(detail)
    raise CardSilent(detail)


class PcscReaders:
    """The readers of the PC/SC service whose names begin with a prefix."""

    def __init__(self, prefix: str = "") -> None:
        """Connect to the service.

        Raises:
            ReaderUnavailable: the service does not run; start pcscd.
        """
        self._prefix = prefix
        result, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        if result != scard.SCARD_S_SUCCESS:
            message = scard.SCardGetErrorMessage(result)
            raise ReaderUnavailable(f"the PC/SC service cannot be reached; is pcscd up? {message}")

    def close(self) -> None:
        """Let go of the service; never raises."""
        scard.SCardReleaseContext(self._context)

    def names(self) -> list[str]:
        """Names of the readers, in the service's order; none where none is plugged in.

        Raises:
            ReaderUnavailable: the service is gone.
        """
        result, names = scard.SCardListReaders(self._context, [])
        if result == scard.SCARD_E_NO_READERS_AVAILABLE:
            return []
        _check(result, "listing the readers")
        return [name for name in names if name.startswith(self._prefix)]

    def states(self) -> list[ReaderState]:
        """Whether there are cards on the readers now.

        Raises:
            ReaderUnavailable: a reader or the service is gone.
        """
        names = self.names()
        if not names:
            return []
        result, states = scard.SCardGetStatusChange(
            self._context, _TIMEOUT_NOW, [(name, _UNAWARE) for name in names]
        )
        _check(result, "asking for the readers' states")
        for name, state, _ in states:
            if state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
                raise ReaderUnavailable(f"the reader {name} is gone")
        return [
            ReaderState(
                name,
                bool(state & scard.SCARD_STATE_PRESENT),
                bool(state & scard.SCARD_STATE_PRESENT) and not state & scard.SCARD_STATE_MUTE,
            )
            for name, state, _ in states
        ]

    def connect(self, reader: str) -> "PcscTransport":
        """Connect to the card on a reader, for nobody else to use meanwhile.

        Raises:
            CardRemoved: there is none.
            CardSilent: it does not answer the reader, or another program has it.
            ReaderUnavailable: the reader or the service is gone.
        """
        result, card, protocol = scard.SCardConnect(
            self._context,
            reader,
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if result == scard.SCARD_E_SHARING_VIOLATION:
            raise CardSilent(f"another program uses the card on {reader}; end it")
        _check(result, f"connecting to the card on {reader}")
        return PcscTransport(card, protocol, lambda: self._stays(reader))

    def _stays(self, reader: str) -> bool:
        """Whether the card is still on the reader, once the service has noticed if it is not."""
        result, states = scard.SCardGetStatusChange(
            self._context, _NOTICE_MILLISECONDS, [(reader, scard.SCARD_STATE_PRESENT)]
        )
        if result == scard.SCARD_E_TIMEOUT:
            return True
        _check(result, f"asking for the state of {reader}")
        return all(state & scard.SCARD_STATE_PRESENT for _, state, _ in states)


class PcscTransport:
    """A card on a PC/SC reader."""

    def __init__(self, card: Any, protocol: int, stays: Callable[[], bool]) -> None:
        self._card = card
        self._protocol = protocol
        self._stays = stays
        result, _, _, _, atr = scard.SCardStatus(card)
        _check(result, "asking for the card's answer to reset")
        self._atr = bytes(atr)

    @property
    def atr(self) -> bytes:
        return self._atr

    def transmit(self, apdu: bytes) -> bytes:
        """Send a command; raises as `CardTransport` says, and ReaderUnavailable."""
        result, reply = scard.SCardTransmit(self._card, self._pci, list(apdu))
        if result == scard.SCARD_S_SUCCESS and len(reply) >= _STATUS_WORD:
            return bytes(reply)
        # A card torn away in the middle of a command looks at first like an error of the line, or
        # even like an empty answer.
        if result not in _NO_CARD | _NO_READER and not self._stays():
            raise CardRemoved("sending a command: the document was taken away")
        _check(result, "sending a command")
        raise CardSilent("sending a command: the card gave no answer")

    def reset(self) -> None:
        """Power the card off and on; raises as `transmit` does."""
        result, self._protocol = scard.SCardReconnect(
            self._card,
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
            scard.SCARD_UNPOWER_CARD,
        )
        _check(result, "resetting the card")

    def close(self) -> None:
        """Power the card off, so that no session of it stays open; never raises."""
        scard.SCardDisconnect(self._card, scard.SCARD_UNPOWER_CARD)

    @property
    def _pci(self) -> int:
        is_t0 = self._protocol == scard.SCARD_PROTOCOL_T0
        pci: int = scard.SCARD_PCI_T0 if is_t0 else scard.SCARD_PCI_T1
        return pci
