"""Passive authentication: host time for one document, and for loading a hall's trust store."""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from devices.chip import trust_folder
from devices.chip.lds import dg1
from devices.chip.pki import create, master_list, passive_authentication, sign, sources
from devices.chip.pki.create import Issuer, Validity
from devices.chip.pki.trust_store import TrustStore
from devices.documents.identity import Verdict
from devices.documents.specimen_chip import SignerSpec

NOW = datetime(2026, 6, 1, tzinfo=UTC)
VALIDITY = Validity(datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
KINDS = {
    "rsa2048": SignerSpec(algorithm="RSA", modulus_bits=2048),
    "pss3072": SignerSpec(algorithm="RSA-PSS", modulus_bits=3072),
    "secp256r1": SignerSpec(algorithm="ECDSA", curve=12),
    "brainpool256_explicit": SignerSpec(algorithm="ECDSA", curve=13, explicit_parameters=True),
    "brainpool320": SignerSpec(algorithm="ECDSA", curve=14),
}
STORE_SIZE = 600
"""About as many certificates as the German master list has."""
REPETITIONS = 20
MRZ = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


def measure() -> dict[str, tuple[float, str]]:
    """Figures of one document for each kind of signature, and of a store of 600 certificates."""
    figures: dict[str, tuple[float, str]] = {}
    others = _many_issuers()
    for name, spec in KINDS.items():
        csca = create.create_csca("UT", spec, VALIDITY)
        signer = create.create_signer(csca, spec, VALIDITY)
        groups = {1: dg1.build(MRZ)}
        sod = sign.build_sod(groups, signer, lds_version="1.7")
        crl = create.create_crl(csca, {}, NOW, VALIDITY.not_after)
        trust = TrustStore((*(item.certificate for item in others), csca.certificate), (crl,))

        def check(sod: bytes = sod, trust: TrustStore = trust) -> None:
            result = passive_authentication.verify(sod, {1: dg1.build(MRZ)}, trust, NOW)
            if (result.data_authentic, result.signer_trusted) != (Verdict.YES, Verdict.YES):
                raise RuntimeError(f"the document was not proven: {result.reasons}")

        figures[f"chip.passive.{name}.host_time"] = (_milliseconds(check), "ms")
    figures |= _store_figures(others)
    return figures


def _many_issuers() -> list[Issuer]:
    return [
        create.create_csca("DE", KINDS["secp256r1"], VALIDITY, common_name=f"CSCA {number}")
        for number in range(STORE_SIZE)
    ]


def _store_figures(issuers: list[Issuer]) -> dict[str, tuple[float, str]]:
    first = issuers[0]
    signer = create.create_signer(
        first, KINDS["secp256r1"], VALIDITY, profile=create.MASTER_LIST_SIGNER
    )
    anchor = TrustStore((first.certificate,))
    data = sign.build_master_list([item.certificate for item in issuers], signer, first.certificate)

    def read_list() -> None:
        master_list.parse(data).verify(anchor, NOW)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trust_folder.write(TrustStore(tuple(item.certificate for item in issuers)), folder)
        return {
            "chip.trust.master_list_600.host_time": (_milliseconds(read_list, 3), "ms"),
            "chip.trust.folder_600.host_time": (
                _milliseconds(lambda: sources.load([folder], NOW), 3),
                "ms",
            ),
        }


def _milliseconds(action: Callable[[], object], repetitions: int = REPETITIONS) -> float:
    """Median of several runs, after one that is not counted."""
    action()
    times = []
    for _ in range(repetitions):
        begin = time.perf_counter()
        action()
        times.append((time.perf_counter() - begin) * 1000)
    return round(median(times), 2)
