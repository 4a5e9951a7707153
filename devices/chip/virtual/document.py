"""From a specimen file to a virtual document that can be laid on a reader."""

from pathlib import Path
from typing import Final

from devices.chip.personalisation import personalise
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.virtual.card import VirtualCard
from devices.chip.virtual.transport import PROFILES, Faults, Latency, VirtualTransport
from devices.documents.specimen import SPECIMENS, Specimen, SpecimenError, load

DEFAULT_LATENCY: Final = "none"


def find_specimen(name: str) -> Specimen:
    """A specimen by its file, or one of those that come with the kiosk by its name.

    Raises:
        SpecimenError: there is none, or the file is wrong.
    """
    path = Path(name)
    if path.suffix == ".json":
        return load(path)
    path = SPECIMENS / f"{name}.json"
    if not path.exists():
        known = ", ".join(sorted(item.stem for item in SPECIMENS.glob("*.json")))
        raise SpecimenError(f"there is no specimen document {name!r}; there are: {known}")
    return load(path)


def latency_named(name: str) -> Latency:
    """A latency profile; raises ValueError, saying which there are, where it is unknown."""
    try:
        return PROFILES[name]
    except KeyError:
        raise ValueError(
            f"there is no latency profile {name!r}; use {', '.join(PROFILES)}"
        ) from None


def virtual_document(
    specimen: Specimen,
    pki: SpecimenPki,
    *,
    latency: str = DEFAULT_LATENCY,
    faults: Faults | None = None,
) -> VirtualTransport:
    """Personalise a specimen and make its card.

    Raises:
        SpecimenError: the document has no chip.
        PkiError: its state has no issuer and can have none.
        ValueError: the latency profile is unknown.
    """
    profile = latency_named(latency)
    content = personalise(specimen, pki)
    assert specimen.chip is not None  # noqa: S101 -- personalise has seen to it
    return VirtualTransport(VirtualCard(content, specimen.chip), latency=profile, faults=faults)
