"""The `chip` object of a specimen file: contents, protocols, and how the chip misbehaves."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Cipher = Literal["3DES", "AES-128", "AES-192", "AES-256"]
Hash = Literal["SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"]
KeyAgreement = Literal["DH", "ECDH"]
Curve = Annotated[int, Field(ge=8, le=18)]
"""An elliptic curve by its standardised domain parameter id (ICAO Doc 9303-11, table 6)."""

_DH_GROUPS: Final = (0, 1, 2)
_CURVES: Final = range(8, 19)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


def _check_parameters(key_agreement: KeyAgreement, domain_parameters: int) -> None:
    allowed = _DH_GROUPS if key_agreement == "DH" else _CURVES
    if domain_parameters not in allowed:
        raise ValueError(
            f"domain_parameters: {key_agreement} has the ids {allowed[0]} to {allowed[-1]}"
        )


class PaceSpec(_Part):
    """One PACE variant that EF.CardAccess advertises (ICAO Doc 9303-11, section 4.4)."""

    mapping: Literal["GM", "IM", "CAM"] = "GM"
    key_agreement: KeyAgreement = "ECDH"
    cipher: Cipher = "AES-128"
    domain_parameters: int = 13

    @model_validator(mode="after")
    def _is_a_variant(self) -> "PaceSpec":
        _check_parameters(self.key_agreement, self.domain_parameters)
        if self.mapping == "CAM" and (self.key_agreement == "DH" or self.cipher == "3DES"):
            raise ValueError("mapping: CAM goes with ECDH and AES only")
        return self


class ChipAuthenticationSpec(_Part):
    """One chip authentication key of DG14 (ICAO Doc 9303-11, section 6.2)."""

    key_agreement: KeyAgreement = "ECDH"
    cipher: Cipher = "AES-128"
    domain_parameters: int = 13
    key_id: int | None = None

    @model_validator(mode="after")
    def _is_a_variant(self) -> "ChipAuthenticationSpec":
        _check_parameters(self.key_agreement, self.domain_parameters)
        return self


class RsaActiveAuthenticationSpec(_Part):
    """Active authentication with RSA, ISO/IEC 9796-2 scheme 1 (ICAO Doc 9303-11, section 6.1)."""

    algorithm: Literal["RSA"]
    modulus_bits: Annotated[int, Field(ge=1024, le=4096, multiple_of=8)] = 2048
    hash: Hash = "SHA-1"


class EcdsaActiveAuthenticationSpec(_Part):
    """Active authentication with ECDSA (ICAO Doc 9303-11, section 6.1)."""

    algorithm: Literal["ECDSA"]
    curve: Curve = 12
    hash: Hash = "SHA-256"
    signature: Literal["plain", "DER"] = "plain"
    """Plain r || s as TR-03111 asks, or the DER that some states' chips send."""


ActiveAuthenticationSpec = Annotated[
    RsaActiveAuthenticationSpec | EcdsaActiveAuthenticationSpec, Field(discriminator="algorithm")
]


class SignerSpec(_Part):
    """How the issuing state signs: its document signer and its CSCA (ICAO Doc 9303-12, 4.1)."""

    algorithm: Literal["RSA", "RSA-PSS", "ECDSA"] = "ECDSA"
    hash: Hash = "SHA-256"
    modulus_bits: Literal[1024, 2048, 3072, 4096] = 2048
    """Of RSA keys."""
    curve: Curve = 13
    """Of ECDSA keys."""
    explicit_parameters: bool = False
    """The certificates write the curve out instead of naming it."""


class Quirks(_Part):
    """What real documents do beyond or against the standards; by default nothing."""

    select_mf: Literal["9000", "6A81", "6982", "6A86", "6A87", "6985", "ignored"] = "9000"
    """Answer to SELECT MF; 'ignored' says 9000 and does not select."""
    select_mf_form: Literal["any", "empty", "3F00"] = "any"
    """The only form of SELECT MF that works."""
    card_access_warning: bool = False
    """EF.CardAccess is selected with 6283."""
    refuses_le_on_select: bool = False
    """SELECT and MSE with an Le are refused with 6700."""
    bac_refusal: Literal["6A88", "6982", "6D00"] = "6982"
    """Answer to BAC commands of a chip without BAC."""
    wrong_credentials: Literal["6300", "6982", "6988"] = "6300"
    end_of_file: Literal["6282", "6700", "6B00", "6CXX"] = "6282"
    """Answer to a read beyond the end."""
    session_ends_on_error: bool = False
    """Any error under secure messaging drops the session."""
    extended_length_desynchronises: bool = False
    """An extended-length command is not understood, but counted by the send sequence counter."""
    active_authentication_truncated: bool = False
    """The signature is cut to 256 bytes, with 9000, when the response is of short length."""
    sod_encoding: Literal["DER", "BER"] = "DER"
    """BER is of indefinite length, as some states write it."""
    sod_content_type: Literal["ldsSecurityObject", "id-data", "legacy"] = "ldsSecurityObject"
    """Object identifier of the signed content: the standard's, id-data, or the LDS draft's."""
    dg14_unsorted: bool = False
    """DG14's set is not in DER's order, so a re-encoding has another hash."""


class ChipSpec(_Part):
    """A chip's contents and protocols."""

    lds_version: Literal["1.7", "1.8"] = "1.7"
    data_groups: frozenset[Literal[2, 7, 11, 12, 16]] = frozenset({2})
    """Data groups beside DG1, and beside DG14 and DG15, which follow from the protocols."""
    portrait_bytes: Annotated[int, Field(ge=5_000, le=60_000)] = 15_000
    """Size of the picture in DG2."""
    bac: bool = True
    pace: tuple[PaceSpec, ...] = ()
    chip_authentication: tuple[ChipAuthenticationSpec, ...] = ()
    active_authentication: ActiveAuthenticationSpec | None = None
    extended_length: bool = True
    """The card takes extended length and says so in EF.ATR/INFO."""
    short_file_identifiers: bool = True
    signer: SignerSpec = SignerSpec()
    quirks: Quirks = Quirks()

    @model_validator(mode="after")
    def _is_consistent(self) -> "ChipSpec":
        if not self.bac and not self.pace:
            raise ValueError("bac: a chip without PACE needs BAC")
        ids = [item.key_id for item in self.chip_authentication]
        if len(ids) > 1 and (None in ids or len(set(ids)) < len(ids)):
            raise ValueError("chip_authentication: several keys need a key_id each")
        return self
