"""The certificates and revocation lists that a hall trusts, found by the names they carry."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from devices.chip.pki.certificate import Certificate
from devices.chip.pki.cms import Signer
from devices.chip.pki.crl import RevocationList
from devices.chip.pki.errors import PkiError
from devices.chip.pki.names import Name

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_Item = TypeVar("_Item", Certificate, RevocationList)


@dataclass(frozen=True)
class TrustStore:
    """What was trusted when it was imported. Immutable: a new import makes a new store."""

    authorities: tuple[Certificate, ...] = ()
    """CSCA certificates, self-signed ones (trust anchors) and link certificates."""
    revocation_lists: tuple[RevocationList, ...] = ()
    document_signers: tuple[Certificate, ...] = ()
    """Not trusted by being here; for documents whose EF.SOD came without its certificate."""
    _anchors: dict[bytes, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _authentic: dict[bytes, bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def merged(self, other: "TrustStore") -> "TrustStore":
        """Both stores in one, without duplicates."""
        return TrustStore(
            _unique((*self.authorities, *other.authorities)),
            _unique((*self.revocation_lists, *other.revocation_lists)),
            _unique((*self.document_signers, *other.document_signers)),
        )

    def issuers(self, certificate: Certificate) -> Iterator[Certificate]:
        """Every authority that may have issued a certificate, the likeliest first.

        Key identifiers repeat and names change in real lists, so that either may match; only the
        signature decides.
        """
        key_id = certificate.authority_key_id
        by_key = self._by_key_id.get(key_id, ()) if key_id else ()
        by_name = self._by_subject.get(certificate.issuer, ())
        seen: set[bytes] = set()
        both = [item for item in by_key if item.subject == certificate.issuer]
        for candidate in (*both, *by_key, *by_name):
            if candidate.raw not in seen and candidate.raw != certificate.raw:
                seen.add(candidate.raw)
                yield candidate

    def is_anchor(self, certificate: Certificate) -> bool:
        """Whether a certificate is of this store and signed with its own key."""
        if certificate.raw not in self._raw:
            return False
        found = self._anchors.get(certificate.raw)
        if found is None:
            try:
                found = certificate.self_issued and certificate.signed_by(certificate)
            except PkiError:
                found = False
            self._anchors[certificate.raw] = found
        return found

    def lists_of(self, issuer: Name) -> tuple[RevocationList, ...]:
        """The revocation lists in an issuer's name that a CSCA of its country signed.

        After a change of keys the newest key signs for all (ICAO Doc 9303-12, section 7.1.4).
        """
        return tuple(item for item in self._lists.get(issuer, ()) if self._is_authentic(item))

    def signers_named(self, signer: Signer) -> tuple[Certificate, ...]:
        """Document signers that a SignerInfo names."""
        return tuple(item for item in self.document_signers if signer.is_of(item))

    def of_country(self, country: str) -> tuple[Certificate, ...]:
        """The authorities of a country, by its two-letter code."""
        return self._by_country.get(country.upper(), ())

    def _is_authentic(self, revocation_list: RevocationList) -> bool:
        found = self._authentic.get(revocation_list.raw)
        if found is None:
            candidates = self.of_country(revocation_list.issuer.country)
            found = any(_signed_list(revocation_list, item) for item in candidates)
            self._authentic[revocation_list.raw] = found
        return found

    @cached_property
    def _raw(self) -> frozenset[bytes]:
        return frozenset(item.raw for item in self.authorities)

    @cached_property
    def _by_key_id(self) -> dict[bytes | None, tuple[Certificate, ...]]:
        return _grouped((item.subject_key_id, item) for item in self.authorities)

    @cached_property
    def _by_subject(self) -> dict[Name, tuple[Certificate, ...]]:
        return _grouped((item.subject, item) for item in self.authorities)

    @cached_property
    def _by_country(self) -> dict[str, tuple[Certificate, ...]]:
        return _grouped((item.country, item) for item in self.authorities)

    @cached_property
    def _lists(self) -> dict[Name, tuple[RevocationList, ...]]:
        return _grouped((item.issuer, item) for item in self.revocation_lists)


def _signed_list(revocation_list: RevocationList, authority: Certificate) -> bool:
    if authority.key_usage is not None and "crl_sign" not in authority.key_usage:
        return False
    try:
        return revocation_list.signed_by(authority)
    except PkiError:
        return False


def _grouped(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, tuple[_Value, ...]]:
    found: defaultdict[_Key, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _unique(items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple({item.raw: item for item in items}.values())
