"""The chip reader's simulator: the driver over a virtual tray in the same process.

    sim:chip                            an empty tray
    sim:chip?document=lindqvist-utopia  with a document on it (a specimen's name or file)
    sim:chip?tray=NAME&pki=DIR&latency=fast

Whoever plays the visitor gets hold of the tray with `tray_named`, lays documents down and takes
them away. For a card behind the real pcscd, use ``hall-kiosk chip simulate`` and ``pcsc:``.
"""

import threading
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs

from devices.chip.driver import ChipReader
from devices.chip.pki import specimen_pki
from devices.chip.pki.errors import PkiError
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.virtual.document import DEFAULT_LATENCY, find_specimen, virtual_document
from devices.chip.virtual.tray import VirtualTray
from devices.documents.specimen import SpecimenError
from devices.registry import UnknownDeviceUri

DEFAULT_TRAY: Final = "chip"
_OPTIONS: Final = frozenset({"document", "tray", "pki", "latency"})

_trays: dict[str, VirtualTray] = {}
_lock = threading.Lock()


def tray_named(name: str = DEFAULT_TRAY) -> VirtualTray:
    """The tray of that name in this process, made when first asked for."""
    with _lock:
        return _trays.setdefault(name, VirtualTray())


def create(uri: SplitResult) -> ChipReader:
    """Driver for ``sim:chip`` with the options above.

    Raises:
        UnknownDeviceUri: the path or an option is none of those, or its value will not do.
    """
    options = {key: values[-1] for key, values in parse_qs(uri.query).items()}
    unknown = options.keys() - _OPTIONS
    if uri.path != "chip" or unknown:
        wrong = ", ".join(sorted(unknown)) or uri.path
        raise UnknownDeviceUri(
            f"{uri.geturl()!r}: {wrong} is not known; sim:chip takes {', '.join(sorted(_OPTIONS))}"
        )
    tray = tray_named(options.get("tray", DEFAULT_TRAY))
    if "document" in options:
        try:
            pki = specimen_pki.load(Path(options["pki"])) if "pki" in options else SpecimenPki()
            card = virtual_document(
                find_specimen(options["document"]),
                pki,
                latency=options.get("latency", DEFAULT_LATENCY),
            )
        except (SpecimenError, PkiError, ValueError) as error:
            raise UnknownDeviceUri(f"{uri.geturl()!r}: {error}") from error
        tray.insert(card)
    return ChipReader(lambda: tray)
