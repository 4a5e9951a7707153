"""The issuers of specimen documents: per state and algorithm a CSCA and a document signer.

Kept in a folder, so that virtual documents and the kiosk that reads them agree on it:

    issuers.json        which issuers there are
    trust/              CSCA and link certificates, CRLs: what a reader is given to trust
    signers/, keys/     certificates and unprotected private keys of CSCAs and document signers
    master-list.ml      all CSCAs, signed by the first state's master list signer
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from devices.chip.pki import certificate, create, crl, private_keys, sign
from devices.chip.pki.certificate import Certificate
from devices.chip.pki.countries import certificate_country
from devices.chip.pki.create import MASTER_LIST_SIGNER, Issuer, Validity
from devices.chip.pki.crl import RevocationList
from devices.chip.pki.errors import MalformedPkiData, PkiError
from devices.chip.pki.keys import EcPublicKey
from devices.chip.pki.trust_store import TrustStore
from devices.documents.specimen_chip import SignerSpec

VALIDITY: Final = Validity(datetime(2014, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC))
"""Wide enough for every specimen, those that have expired included."""
_CRL_PERIOD: Final = timedelta(days=90)
_INDEX: Final = "issuers.json"


@dataclass(frozen=True, slots=True)
class Pair:
    """A state's CSCA and its document signer, for one kind of signature."""

    csca: Issuer
    signer: Issuer
    link: tuple[Certificate, ...] = ()
    """After a change of keys: the first CSCA certificate and the links from it to `csca`."""

    @property
    def trusted(self) -> tuple[Certificate, ...]:
        """What a reader trusts: the CSCA, or the first one with the links from it."""
        return self.link or (self.csca.certificate,)


@dataclass
class SpecimenPki:
    """Issuers, made when they are first asked for."""

    validity: Validity = VALIDITY
    pairs: dict[tuple[str, SignerSpec], Pair] = field(default_factory=dict)
    revocation_lists: list[RevocationList] = field(default_factory=list)

    def document_signer(self, state: str, spec: SignerSpec) -> Issuer:
        """The document signer of a state, by the code that stands in documents.

        Raises:
            PkiError: the state has no country code for certificates.
        """
        return self.pair(state, spec).signer

    def pair(self, state: str, spec: SignerSpec) -> Pair:
        """The CSCA and document signer of a state; raises as `document_signer` does."""
        found = self.pairs.get((state, spec))
        if found is None:
            country = certificate_country(state)
            if country is None:
                raise PkiError(f"{state} has no country code for certificates")
            csca = self._make_csca(country, spec)
            found = self.pairs[(state, spec)] = Pair(csca, self._make_signer(csca, spec))
        return found

    def change_keys(self, state: str) -> None:
        """Give a state's CSCAs and signers new keys, to which only link certificates lead."""
        for (of_state, spec), pair in self.pairs.items():
            if of_state == state:
                csca = self._make_csca(pair.csca.certificate.country, spec)
                link = create.create_link(pair.csca, csca, self.validity)
                signer = self._make_signer(csca, spec)
                self.pairs[(state, spec)] = Pair(csca, signer, (*pair.trusted, link))

    def issue_revocation_lists(
        self, now: datetime, *, revoked: Iterable[Issuer] = (), valid_for: timedelta = _CRL_PERIOD
    ) -> None:
        """Replace the revocation lists of all CSCAs.

        Args:
            now: aware time of issue, and of revocation.
            revoked: the document signers to revoke.
            valid_for: time until the lists' next update.
        """
        serials = {item.certificate.serial for item in revoked}
        self.revocation_lists = [
            create.create_crl(
                pair.csca,
                {number: now for number in (pair.signer.certificate.serial,) if number in serials},
                now,
                now + valid_for,
            )
            for pair in self.pairs.values()
        ]

    def trust_store(self) -> TrustStore:
        """What a reader needs to trust these issuers."""
        return TrustStore(
            tuple(item for pair in self.pairs.values() for item in pair.trusted),
            tuple(self.revocation_lists),
        )

    def master_list(self, now: datetime) -> bytes:
        """All CSCAs in a list signed under the first one; raises PkiError when there is none."""
        if not self.pairs:
            raise PkiError("a master list needs at least one CSCA")
        (_, spec), first = next(iter(self.pairs.items()))
        signer = create.create_signer(
            first.csca,
            spec,
            self.validity,
            common_name="Master List Signer",
            profile=MASTER_LIST_SIGNER,
        )
        return sign.build_master_list(
            self.trust_store().authorities, signer, first.csca.certificate, signing_time=now
        )

    def _make_csca(self, country: str, spec: SignerSpec) -> Issuer:
        return create.create_csca(country, spec, self.validity, common_name=f"CSCA {_label(spec)}")

    def _make_signer(self, csca: Issuer, spec: SignerSpec) -> Issuer:
        return create.create_signer(
            csca, spec, self.validity, common_name=f"Document Signer {_label(spec)}"
        )

    def save(self, folder: Path, now: datetime) -> None:
        """Write everything into a folder, which is made where it is not there."""
        for name in ("trust", "signers", "keys"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        index = []
        for (state, spec), pair in self.pairs.items():
            stem = f"{state}-{_label(spec)}"
            index.append(
                {"state": state, "signer": spec.model_dump(), "files": stem, "link": len(pair.link)}
            )
            for number, item in enumerate(pair.trusted):
                (folder / "trust" / _trusted_name(stem, number)).write_bytes(item.raw)
            for role, issuer in (("csca", pair.csca), ("signer", pair.signer)):
                path = folder / "signers" / f"{stem}-{role}.cer"
                path.write_bytes(issuer.certificate.raw)
                _write_private(folder / "keys" / f"{stem}-{role}.pem", issuer.key.to_pem())
            for revocation_list in self.revocation_lists:
                csca = pair.csca.certificate
                if revocation_list.issuer == csca.subject and revocation_list.signed_by(csca):
                    (folder / "trust" / f"{stem}.crl").write_bytes(revocation_list.raw)
        (folder / "master-list.ml").write_bytes(self.master_list(now))
        (folder / _INDEX).write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")


def exists(folder: Path) -> bool:
    """Whether a folder holds what `SpecimenPki.save` writes."""
    return (folder / _INDEX).is_file()


def load(folder: Path) -> SpecimenPki:
    """Read what `SpecimenPki.save` wrote.

    Raises:
        PkiError: the folder is not complete, or a file in it is malformed.
    """
    pki = SpecimenPki()
    try:
        for entry in json.loads((folder / _INDEX).read_text(encoding="utf-8")):
            spec = SignerSpec.model_validate(entry["signer"])
            stem = entry["files"]
            pki.pairs[(entry["state"], spec)] = Pair(
                csca=_issuer(folder, stem, "csca", spec),
                signer=_issuer(folder, stem, "signer", spec),
                link=tuple(
                    certificate.parse((folder / "trust" / _trusted_name(stem, number)).read_bytes())
                    for number in range(entry["link"])
                ),
            )
            revocation_list = folder / "trust" / f"{stem}.crl"
            if revocation_list.exists():
                pki.revocation_lists.append(crl.parse(revocation_list.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MalformedPkiData(f"{folder} holds no specimen PKI: {error}") from None
    return pki


def _trusted_name(stem: str, number: int) -> str:
    return f"{stem}-link-{number}.cer" if number else f"{stem}.cer"


def _write_private(path: Path, data: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(data)


def _issuer(folder: Path, stem: str, role: str, spec: SignerSpec) -> Issuer:
    parsed = certificate.parse((folder / "signers" / f"{stem}-{role}.cer").read_bytes())
    public = parsed.public_key()
    key = private_keys.load_pem(
        (folder / "keys" / f"{stem}-{role}.pem").read_bytes(),
        explicit=isinstance(public, EcPublicKey) and public.explicit,
    )
    return Issuer(parsed, key, create.algorithm_of(spec))


def _label(spec: SignerSpec) -> str:
    if spec.algorithm == "ECDSA":
        explicit = "-explicit" if spec.explicit_parameters else ""
        return f"{spec.algorithm}-{spec.curve}{explicit}-{spec.hash}"
    return f"{spec.algorithm}-{spec.modulus_bits}-{spec.hash}"
