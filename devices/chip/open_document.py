"""A chip that is open, and is opened again when its session is lost."""

from typing import Final

from devices.chip.access.credentials import Credentials
from devices.chip.errors import AccessDenied, AccessFailed, SessionLost, UnsupportedDocument
from devices.chip.files import FileReader, OnProgress
from devices.chip.guarded_transport import GuardedTransport
from devices.chip.opening import Offer, Opened, look, open_chip
from devices.chip.proving import ChipProof
from devices.chip.reading_style import BEYOND_END
from devices.chip.secure_messaging import SecureMessaging

_MOST_SESSIONS: Final = 7
"""Sessions in one reading. There are three lessons to learn; the rest is bad luck."""


class OpenDocument:
    """Sessions and files of one chip.

    Attributes:
        session: the present one.
        style: how the chip can be read, as far as is known.
        access: how it was opened, and what that brought to light.
        proof_lapsed: the session of `change_session` was lost to a read that asked too much, before
            it had proven or refuted anything.
    """

    def __init__(
        self, transport: GuardedTransport, credentials: Credentials, proof: ChipProof, offer: Offer
    ) -> None:
        """Open a chip; raises as `open_chip` does.

        Args:
            proof: learns whether an authentication that waits for the chip's next answer has
                succeeded.
            offer: what the chip said of itself.
        """
        self._transport = transport
        self._credentials = credentials
        self._proof = proof
        self._offer = offer
        self._thorough = False
        self._sessions = 0
        self._unproven = ""
        self.proof_lapsed = False
        self.style = offer.style
        self.access: Opened = self._open()
        self.session: SecureMessaging = self.access.session

    @property
    def offers_pace(self) -> bool:
        return self._offer.infos.pace_advertised

    def read(self, file_id: int, on_progress: OnProgress) -> bytes | None:
        """A file of the application; None where there is none. Raises as `FileReader.read` does.

        A session that is lost on the way is established again, and the file is read in a way that
        asks less of the chip.
        """
        while True:
            reader = FileReader(self.session, self.style)
            try:
                data = reader.read(file_id, on_progress)
            except SessionLost as lost:
                if not (self._unproven and lost.sw not in BEYOND_END):
                    self.style = reader.style
                self.open_again(lost)
                continue
            self.style = reader.style
            if self._unproven:
                self._proof.proven(self._unproven)
                self._unproven = ""
            return data

    def change_session(self, session: SecureMessaging, name: str) -> None:
        """Go on with keys that only the genuine chip has: its next answer proves it, or not."""
        self.session = session
        self.proof_lapsed = False
        self._unproven = name

    def open_again(self, lost: SessionLost) -> None:
        """Establish a new session; raises the loss itself when there have been too many."""
        if self._unproven:
            if lost.sw in BEYOND_END:
                self.proof_lapsed = True
            else:
                self._proof.refuted(f"{self._unproven} failed: {lost}")
            self._unproven = ""
        if self._sessions >= _MOST_SESSIONS:
            raise lost
        self._transport.reset()
        self._take(self._open())

    def look_again(self) -> None:
        """Look once for PACE where the first look found none, and open the chip accordingly."""
        if self._thorough:
            return
        self._look_thoroughly()
        self._take(self._open())

    def _take(self, opened: Opened) -> None:
        self.access = opened
        self.session = opened.session

    def _open(self) -> Opened:
        while True:
            self._sessions += 1
            try:
                return self._open_once()
            except SessionLost:
                if self._sessions >= _MOST_SESSIONS:
                    raise
                self._transport.reset()

    def _open_once(self) -> Opened:
        try:
            return open_chip(self._transport, self._offer, self._credentials)
        except (AccessDenied, AccessFailed, UnsupportedDocument):
            if self._thorough or self.offers_pace:
                raise
            # Some chips give EF.CardAccess only after SELECT MF, and refuse BAC.
            self._look_thoroughly()
            if not self.offers_pace:
                raise
            return open_chip(self._transport, self._offer, self._credentials)

    def _look_thoroughly(self) -> None:
        self._thorough = True
        self._transport.reset()
        self._offer = look(self._transport, thorough=True)
