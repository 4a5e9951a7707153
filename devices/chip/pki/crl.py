"""Certificate revocation lists (RFC 5280, section 5; ICAO Doc 9303-12, section 7.1.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from asn1crypto import core, pem
from asn1crypto import crl as asn1_crl

from devices.chip.pki import keys
from devices.chip.pki.algorithms import signature_algorithm
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.errors import malformed
from devices.chip.pki.leniency import moment
from devices.chip.pki.names import Name, read_name

_UNDERSTOOD: Final = frozenset({"2.5.29.20", "2.5.29.35"})
"""CRL number, authority key identifier."""


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Which certificates of an issuer are revoked, and since when."""

    raw: bytes = field(repr=False)
    issuer: Name
    this_update: datetime
    next_update: datetime | None
    revoked: Mapping[int, datetime] = field(repr=False)
    """Serial number: date of revocation."""
    complete: bool
    """False where a critical extension makes it a part or an indirect list: no proof of absence."""
    _to_be_signed: bytes = field(repr=False)
    _signature_identifier: bytes = field(repr=False)
    _signature: bytes = field(repr=False)

    def signed_by(self, issuer: Certificate) -> bool:
        """Whether the issuer's key made the list's signature.

        Raises:
            UnsupportedAlgorithm, MalformedPkiData: that cannot be told.
        """
        return keys.verify(
            issuer.public_key(),
            signature_algorithm(self._signature_identifier),
            self._signature,
            self._to_be_signed,
        )


def parse(data: bytes) -> RevocationList:
    """Read a list, DER or PEM.

    Raises:
        MalformedPkiData: it is none.
    """
    with malformed("a revocation list"):
        if pem.detect(data):
            data = pem.unarmor(data)[2]
        structure = asn1_crl.CertificateList.load(data, strict=True)
        fields = structure["tbs_cert_list"]
        critical = {
            extension["extn_id"].dotted
            for extension in fields["crl_extensions"]
            if extension["critical"].native
        }
        return RevocationList(
            raw=data,
            issuer=read_name(fields["issuer"]),
            this_update=moment(fields["this_update"]),
            next_update=_next_update(fields["next_update"]),
            revoked={
                int(entry["user_certificate"].native): moment(entry["revocation_date"])
                for entry in fields["revoked_certificates"]
            },
            complete=critical <= _UNDERSTOOD,
            _to_be_signed=fields.dump(),
            _signature_identifier=structure["signature_algorithm"].dump(),
            _signature=structure["signature"].native,
        )


def _next_update(time: core.Asn1Value) -> datetime | None:
    return None if isinstance(time, core.Void) else moment(time)
