"""The reading of a chip document from its first command to a proven identity.

The order gives the fewest commands: EF.SOD first, because it says (signed) which data groups there
are; then DG14 or DG15, whichever proves the chip; then the data. EF.COM, unsigned, is never read.
"""

from typing import Final

from devices.chip.authentication.active_authentication import (
    ActiveAuthenticationKey,
    perform_active_authentication,
)
from devices.chip.authentication.chip_authentication import (
    Choice,
    choose,
    perform_chip_authentication,
)
from devices.chip.errors import (
    CardRefused,
    ChipError,
    CryptoError,
    MalformedReply,
    MrzMismatch,
    SessionLost,
    UnsupportedDocument,
)
from devices.chip.guarded_transport import GuardedTransport
from devices.chip.lds import dg1, dg15, files
from devices.chip.open_document import OpenDocument
from devices.chip.opening import look
from devices.chip.pki import passive_authentication, sod
from devices.chip.pki.passive_authentication import PassiveResult
from devices.chip.proving import (
    ChipProof,
    prove_by_mapping,
    prove_by_signed_key,
    signed_mapping_keys,
)
from devices.chip.reading import ChipReading, Cost, Hooks, ReadRequest, Step
from devices.chip.security_infos import SecurityInfos, parse_dg14
from devices.chip.transport import CardTransport
from devices.documents.identity import Proof, Source, Verdict
from devices.documents.mrz import Mrz, MrzError
from devices.documents.mrz import parse as parse_zone

_FRACTIONS: Final = {
    Step.CONNECT: (0.0, 0.05),
    Step.ACCESS: (0.05, 0.3),
    Step.SECURITY_OBJECT: (0.3, 0.55),
    Step.PROVE_CHIP: (0.55, 0.75),
    Step.DATA: (0.75, 0.97),
    Step.VERIFY: (0.97, 1.0),
}


def read_chip(
    transport: CardTransport, request: ReadRequest, hooks: Hooks | None = None
) -> ChipReading:
    """Read a document and prove it.

    Returns only whole readings: whatever goes wrong on the way ends in an exception, and no part
    of an identity leaves this function. What could not be proven is in the identity's proof.

    Raises:
        AccessDenied: neither MRZ nor card access number opens the chip.
        AccessFailed: access control fails for another reason.
        MrzMismatch: the chip's MRZ is not the one that the camera read.
        CardRemoved, CardSilent: the document is gone, or does not answer.
        ReadingCancelled: called off.
        UnsupportedDocument: the chip is no travel document.
        ChipError: anything else that a chip can do wrong; every exception here is one.
    """
    return _Reading(transport, request, hooks or Hooks()).run()


class _Reading:
    def __init__(self, transport: CardTransport, request: ReadRequest, hooks: Hooks) -> None:
        self._request = request
        self._hooks = hooks
        self._transport = GuardedTransport(transport, hooks.cancelled, hooks.trace)
        self._fraction = 0.0
        self._proof = ChipProof()
        self._data_groups: dict[int, bytes] = {}

    def run(self) -> ChipReading:
        self._tell(Step.CONNECT, 0.0)
        offer = look(self._transport)
        self._tell(Step.ACCESS, 0.0)
        self._document = OpenDocument(
            self._transport, self._request.credentials, self._proof, offer
        )
        security_object = self._file(files.EF_SOD, Step.SECURITY_OBJECT)
        if security_object is None:
            raise UnsupportedDocument("the chip has no EF.SOD, so nothing on it can be proven")
        signed = _signed_data_groups(security_object)
        self._tell(Step.PROVE_CHIP, 0.0)
        self._prove_chip(signed)
        zone = self._zone()
        for number in sorted(self._request.data_groups & signed):
            self._data_group(number, Step.DATA)

        self._tell(Step.VERIFY, 0.0)
        passive = passive_authentication.verify(
            security_object, self._data_groups, self._request.trust, self._request.at
        )
        self._compare(zone)
        self._tell(Step.VERIFY, 1.0)
        return self._result(zone, passive)

    def _file(self, file_id: int, step: Step) -> bytes | None:
        return self._document.read(file_id, lambda fraction: self._tell(step, fraction))

    def _data_group(self, number: int, step: Step) -> bytes | None:
        if number not in self._data_groups:
            try:
                data = self._file(files.file_id(number), step)
            except CardRefused:
                return None
            if data is None:
                return None
            self._data_groups[number] = data
        return self._data_groups[number]

    def _zone(self) -> Mrz:
        raw = self._data_group(1, Step.DATA)
        if raw is None:
            raise UnsupportedDocument("the chip does not give its MRZ (DG1)")
        try:
            lines = dg1.parse(raw).lines
            return parse_zone(lines, today=self._request.at.date())
        except MrzError as error:
            names = ", ".join(sorted({item.field.value for item in error.errors}))
            raise MalformedReply(f"the MRZ in the chip is not in order: {names}") from None

    # -- proof of the chip -----------------------------------------------------------------------

    def _prove_chip(self, signed: frozenset[int]) -> None:
        """One proof suffices: PACE-CAM, or chip authentication, or active authentication."""
        access = self._document.access
        mapping = access.mapping_data
        if mapping is not None and access.card_security is not None:
            keys, remarks = signed_mapping_keys(
                access.card_security, self._request.trust, self._request.at
            )
            self._proof.reasons.extend(remarks)
            if keys:
                prove_by_mapping(self._proof, mapping, keys)
                return
        infos14 = self._security_infos() if 14 in signed else None
        if infos14 is not None:
            self._check_downgrade(infos14)
            if mapping is not None and prove_by_signed_key(
                self._proof, mapping, infos14.chip_authentication_keys
            ):
                return
            if infos14.chip_authentication_keys:
                self._authenticate_chip(infos14)
                return
        if self._proof.verdict is Verdict.NO:
            return
        if 15 in signed:
            self._authenticate_actively(infos14)
        else:
            self._proof.remark("the document has no means to prove that its chip is no copy")

    def _security_infos(self) -> SecurityInfos | None:
        raw = self._data_group(14, Step.PROVE_CHIP)
        if raw is None:
            # A copy would leave out what shows it up.
            self._proof.refuted("DG14 is signed, but the chip does not give it")
            return None
        try:
            return parse_dg14(raw)
        except ChipError as error:
            self._proof.remark(f"DG14 is not in order: {error}")
            return None

    def _check_downgrade(self, infos: SecurityInfos) -> None:
        """PACE that only the signed DG14 names was hidden from us, or is behind SELECT MF."""
        if not infos.pace_advertised or self._document.offers_pace:
            return
        self._document.look_again()
        if not self._document.offers_pace:
            self._proof.remark("DG14 names PACE, but the chip did not offer it: opened with BAC")

    def _authenticate_chip(self, infos: SecurityInfos) -> None:
        choice = choose(infos)
        if choice is None:
            self._proof.remark("DG14 has keys for chip authentication, but no protocol for them")
            return
        for _ in range(2):
            if not self._run_chip_authentication(choice):
                return
            # The chip's first answer with the new keys proves it, or not.
            self._data_groups.pop(1, None)
            self._data_group(1, Step.DATA)
            if not self._document.proof_lapsed:
                return
        self._proof.remark(f"{choice.info.name} was not completed")

    def _run_chip_authentication(self, choice: Choice) -> bool:
        """Whether the chip went through with the protocol; it is refuted where it did not."""
        try:
            session = perform_chip_authentication(
                self._document.session, choice, extended=self._document.style.extended
            )
        except SessionLost as lost:
            self._proof.refuted(f"{choice.info.name} failed: {lost}")
            self._document.open_again(lost)
            return False
        except (CardRefused, CryptoError) as error:
            self._proof.refuted(f"{choice.info.name} failed: {error}")
            return False
        self._document.change_session(session, choice.info.name)
        return True

    def _authenticate_actively(self, infos: SecurityInfos | None) -> None:
        raw = self._data_group(15, Step.PROVE_CHIP)
        if raw is None:
            self._proof.refuted("DG15 is signed, but the chip does not give it")
            return
        try:
            key = ActiveAuthenticationKey(dg15.parse(raw))
            hash_name = perform_active_authentication(
                self._document.session,
                key,
                infos.active_authentication if infos else None,
                extended=self._document.style.extended,
            )
        except SessionLost as lost:
            self._proof.refuted(f"active authentication failed: {lost}")
            self._document.open_again(lost)
        except (CardRefused, CryptoError) as error:
            self._proof.refuted(f"active authentication failed: {error}")
        except UnsupportedDocument as error:
            self._proof.remark(str(error))
        else:
            self._proof.proven(key.name)
            if hash_name == "sha1":
                self._proof.remark("active authentication uses SHA-1")

    # -- the end ---------------------------------------------------------------------------------

    def _compare(self, zone: Mrz) -> None:
        camera = self._request.camera_zone
        if camera is not None and camera.lines != zone.lines:
            raise MrzMismatch("the MRZ in the chip is not the one printed on the document")

    def _result(self, zone: Mrz, passive: PassiveResult) -> ChipReading:
        chip = self._proof.verdict
        reasons = [*passive.reasons, *self._proof.reasons]
        if chip is Verdict.YES and passive.data_authentic is not Verdict.YES:
            chip = Verdict.UNKNOWN
            reasons.append("the chip proved a key that is itself not proven")
        proof = Proof(passive.data_authentic, passive.signer_trusted, chip, tuple(reasons))
        wanted = self._request.data_groups
        handed_out = {n: self._data_groups[n] for n in sorted(wanted & self._data_groups.keys())}
        return ChipReading(
            identity=zone.identity(Source.CHIP, proof),
            zone=zone,
            access=self._document.access.name,
            chip_proof=self._proof.name,
            zone_matches_camera=(
                Verdict.UNKNOWN if self._request.camera_zone is None else Verdict.YES
            ),
            cost=Cost(
                self._transport.apdus,
                self._transport.bytes_sent,
                self._transport.bytes_received,
            ),
            issuing_country=passive.issuing_country,
            signature_algorithm=passive.signature_algorithm,
            data_groups=handed_out,
            absent_data_groups=wanted - handed_out.keys(),
        )

    def _tell(self, step: Step, fraction: float) -> None:
        begin, end = _FRACTIONS[step]
        self._fraction = max(self._fraction, begin + (end - begin) * min(fraction, 1.0))
        self._hooks.on_step(step, self._fraction)


def _signed_data_groups(security_object: bytes) -> frozenset[int]:
    """Which data groups EF.SOD signs; none where it is not in order, which its check will tell."""
    try:
        return frozenset(sod.parse(security_object).hashes)
    except ChipError:
        return frozenset()
