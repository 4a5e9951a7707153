"""The operator of a virtual reader: lays documents down, takes them away, makes things go wrong."""

from typing import Final, Protocol

from devices.chip.errors import ChipError
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.virtual.document import DEFAULT_LATENCY, find_specimen, virtual_document
from devices.chip.virtual.transport import Faults, VirtualTransport
from devices.control import UnknownVerb
from devices.documents.specimen import Specimen

VERBS: Final = (
    "insert [NAME] (a document's JSON file, or a specimen of the kiosk's), remove, tear N (it is "
    "taken away at its N-th command from now on), silent N (it does not answer that command), "
    "reply N HEX (it answers so), right (no more faults), status"
)


class Reader(Protocol):
    """Where documents are laid."""

    def insert(self, card: VirtualTransport) -> None: ...

    def remove(self) -> None: ...


class Operator:
    """Does what the verbs say; the kiosk never sees any of it."""

    def __init__(self, reader: Reader, pki: SpecimenPki, latency: str = DEFAULT_LATENCY) -> None:
        self.specimen: Specimen | None = None
        """The document that lies on the reader, or lay there last."""
        self.pki = pki
        """The issuers of the documents; they grow with what is laid down."""
        self._reader = reader
        self._latency = latency
        self._card: VirtualTransport | None = None
        self._next_faults = Faults()

    def do(self, line: str) -> None:
        """Carry a verb out.

        Raises:
            UnknownVerb: it is none, or cannot be carried out; the text says why.
        """
        try:
            self._do(line.split())
        except UnknownVerb:
            raise
        except (ValueError, ChipError) as error:  # SpecimenError is a ValueError
            raise UnknownVerb(str(error)) from error

    def _do(self, words: list[str]) -> None:
        match words:
            case ["insert", name]:
                self.insert(find_specimen(name))
            case ["insert"] if self.specimen is not None:
                self.insert(self.specimen)
            case ["remove"]:
                self._reader.remove()
                self._card = None
            case ["tear", number]:
                self._faults.tear_at = self._count + int(number)
            case ["silent", number]:
                self._faults.silent_at = self._count + int(number)
            case ["reply", number, reply]:
                self._faults.replies[self._count + int(number)] = bytes.fromhex(reply)
            case ["right"]:
                self._faults.clear()
            case _:
                raise UnknownVerb(f"{' '.join(words)!r} is none of the verbs: {VERBS}")

    def insert(self, specimen: Specimen) -> None:
        """Personalise a document and lay it down.

        Raises:
            SpecimenError: it has no chip.
            ChipError: the issuers or the reader do not serve.
        """
        card = virtual_document(specimen, self.pki, latency=self._latency, faults=self._next_faults)
        self._reader.insert(card)
        self.specimen, self._card, self._next_faults = specimen, card, Faults()

    def describe(self) -> str:
        """What lies on the reader."""
        if self._card is None or self.specimen is None or self._card.removed:
            return "no document"
        return f"{self.specimen.name}, {self._card.count} commands"

    @property
    def _faults(self) -> Faults:
        """Of the document that lies there, otherwise of the next one."""
        return self._card.faults if self._card is not None else self._next_faults

    @property
    def _count(self) -> int:
        return self._card.count if self._card is not None else 0
