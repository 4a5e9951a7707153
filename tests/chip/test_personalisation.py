import io
from datetime import UTC, datetime
from functools import cache

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from PIL import Image

from devices.chip import tlv
from devices.chip.crypto.key_agreement import group_of
from devices.chip.lds import com, dg1, dg2, dg7, dg11, dg12, dg14, dg15, dg16, files
from devices.chip.personalisation import personalise
from devices.chip.pki import card_security, keys, passive_authentication, sod
from devices.chip.pki.errors import PkiError
from devices.chip.pki.keys import EcPublicKey
from devices.chip.pki.specimen_pki import SpecimenPki
from devices.chip.security_infos import parse_dg14, parse_security_infos
from devices.chip.virtual.content import CardContent, ChipKey
from devices.documents import specimen
from devices.documents.identity import Verdict
from devices.documents.specimen import Specimen, SpecimenError
from devices.documents.specimen_chip import SignerSpec
from devices.documents.specimen_zone import zone_lines

NOW = datetime(2026, 11, 21, tzinfo=UTC)
QUICK = SignerSpec(algorithm="ECDSA", curve=12)
ALL = specimen.load_all()
WITH_CHIP = [item for item in ALL.values() if item.chip is not None]
PKI = SpecimenPki()


def _quickly_signed(item: Specimen) -> Specimen:
    """The same document, but its issuer has keys that are made in no time."""
    assert item.chip is not None
    bits = item.chip.signer.modulus_bits
    is_quick = item.chip.signer.algorithm == "ECDSA" or bits <= 2048
    signer = item.chip.signer if is_quick else QUICK
    return item.model_copy(update={"chip": item.chip.model_copy(update={"signer": signer})})


@cache
def _content(name: str) -> CardContent:
    return personalise(_quickly_signed(ALL[name]), PKI)


def _groups(content: CardContent) -> dict[int, bytes]:
    return {
        number: content.application_files[files.file_id(number)]
        for number in files.DATA_GROUPS
        if files.file_id(number) in content.application_files
    }


@pytest.mark.parametrize("item", WITH_CHIP, ids=lambda item: item.name)
def test_every_chip_passes_passive_authentication(item: Specimen) -> None:
    content = _content(item.name)
    result = passive_authentication.verify(
        content.application_files[files.EF_SOD], _groups(content), PKI.trust_store(), NOW
    )
    assert (result.data_authentic, result.signer_trusted) == (Verdict.YES, Verdict.YES)


@pytest.mark.parametrize("item", WITH_CHIP, ids=lambda item: item.name)
def test_the_files_agree_with_the_document_and_with_one_another(item: Specimen) -> None:
    assert item.chip is not None
    content, chip = _content(item.name), item.chip
    groups = _groups(content)
    listed = com.parse(content.application_files[files.EF_COM])
    assert listed.data_groups == tuple(groups)
    assert listed.lds_version == chip.lds_version
    security_object = sod.parse(content.application_files[files.EF_SOD])
    assert tuple(security_object.hashes) == tuple(groups)
    assert security_object.lds_version == (None if chip.lds_version == "1.7" else "1.8")
    assert dg1.parse(groups[1]).lines == zone_lines(item.document)
    assert set(groups) & {2, 7, 11, 12, 16} == set(chip.data_groups)
    assert (15 in groups) is (chip.active_authentication is not None)
    assert (files.EF_CARD_ACCESS in content.master_files) is bool(chip.pace)
    assert (content.can is not None) is (item.document.can is not None)
    number = item.document.number
    assert content.mrz.document_number.rstrip("<").startswith(number[:9])


@pytest.mark.parametrize("item", WITH_CHIP, ids=lambda item: item.name)
def test_every_advertised_protocol_has_its_key(item: Specimen) -> None:
    assert item.chip is not None
    content, chip = _content(item.name), item.chip
    if chip.pace:
        infos = parse_security_infos(content.master_files[files.EF_CARD_ACCESS])
        assert {info.name for info in infos.pace} == {
            f"PACE {spec.key_agreement}-{spec.mapping} {spec.cipher}" for spec in chip.pace
        }
    if chip.chip_authentication:
        infos = parse_dg14(_groups(content)[14])
        assert len(infos.chip_authentication) == len(chip.chip_authentication)
        publics = {
            (info.key_id, info.key.public.lstrip(b"\0")) for info in infos.chip_authentication_keys
        }
        assert publics == {
            (key.key_id, group_of(key.parameters).key_pair(key.private).public.lstrip(b"\0"))
            for key in content.chip_authentication_keys
        }


def test_the_key_of_chip_authentication_mapping_is_signed() -> None:
    content = _content("de-boer-netherlands")
    found = card_security.verify(
        content.master_files[files.EF_CARD_SECURITY], PKI.trust_store(), NOW
    )
    assert (found.data_authentic, found.signer_trusted) == (Verdict.YES, Verdict.YES)
    (info,) = parse_security_infos(found.security_infos).chip_authentication_keys
    key = content.mapping_key
    assert key is not None
    assert info.key.public == group_of(key.parameters).key_pair(key.private).public


@pytest.mark.parametrize(
    ("name", "is_rsa"), [("hughes-united-kingdom", True), ("vasconcelos-portugal", False)]
)
def test_the_active_authentication_key_is_that_of_dg15(name: str, is_rsa: bool) -> None:
    content = _content(name)
    info, key = dg15.parse(_groups(content)[15]), content.active_authentication_key
    if is_rsa:
        assert isinstance(key, RSAPrivateKey)
        theirs = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        assert info == theirs
    else:
        assert isinstance(key, ChipKey)
        public = keys.load_public_key(info)
        assert isinstance(public, EcPublicKey)
        assert public.point == group_of(key.parameters).key_pair(key.private).public
        assert parse_dg14(_groups(content)[14]).active_authentication is not None


def test_the_data_groups_say_what_is_printed() -> None:
    groups = _groups(_content("lindqvist-utopia"))
    document = ALL["lindqvist-utopia"].document
    details = dg11.parse(groups[11])
    assert details.full_name == "LINDQVIST<<MAJA<ELIN"
    assert details.personal_number == "ZE184226B"
    assert details.place_of_birth == ("ZENITH",)
    assert dg12.parse(groups[12]).issue_date == document.issue_date
    assert dg16.parse(groups[16])[0].name == "EXAMPLE<<PERSON"
    for picture in dg7.parse(groups[7]):
        Image.open(io.BytesIO(picture)).load()


def test_national_characters_are_in_dg11() -> None:
    item = ALL["wang-china"]
    assert item.chip is not None
    chip = item.chip.model_copy(update={"data_groups": frozenset({11})})
    content = personalise(item.model_copy(update={"chip": chip}), PKI)
    assert dg11.parse(_groups(content)[11]).full_name == "王思远"


@pytest.mark.parametrize("length", [5_000, 9_000, 60_000])
def test_the_portrait_is_as_long_as_asked_and_still_a_picture(length: int) -> None:
    item = ALL["lindqvist-utopia"]
    assert item.chip is not None
    chip = item.chip.model_copy(update={"portrait_bytes": length, "signer": QUICK})
    content = personalise(item.model_copy(update={"chip": chip}), PKI)
    (face,) = dg2.parse(_groups(content)[2])
    assert length - 4 <= len(face.image) <= length
    with Image.open(io.BytesIO(face.image)) as picture:
        picture.load()
        assert picture.size == (face.width, face.height)


def test_dg14_may_stand_in_another_order_than_ders() -> None:
    def items(name: str) -> list[bytes]:
        infos = dg14.parse(_groups(_content(name))[14])
        return [item.raw for item in tlv.parse(infos).children()]

    ordered, unordered = items("brandt-germany"), items("halvorsen-utopia-card")
    assert ordered == sorted(ordered)
    assert unordered != sorted(unordered)


def test_the_quirks_of_the_security_object_are_kept() -> None:
    american = _content("garcia-united-states").application_files[files.EF_SOD]
    assert tlv.parse(american).value[:2] == b"\x30\x80"
    chinese = sod.parse(_content("wang-china").application_files[files.EF_SOD])
    assert chinese.signed.content_type == sod.ID_DATA
    dutch = sod.parse(_content("de-boer-netherlands").application_files[files.EF_SOD])
    assert dutch.signed.content_type == sod.LEGACY_LDS_SECURITY_OBJECT


def test_long_numbers_open_the_chip_as_a_whole() -> None:
    content = _content("claes-belgium")
    assert content.mrz.document_number.rstrip("<") == "592184730612"


def test_two_personalisations_have_different_keys_and_one_signer() -> None:
    item = ALL["lindqvist-utopia"]
    first, second = personalise(item, PKI), personalise(item, PKI)
    assert first.chip_authentication_keys[0].private != second.chip_authentication_keys[0].private
    signers = {
        sod.parse(content.application_files[files.EF_SOD]).signed.certificates[0].raw
        for content in (first, second)
    }
    assert len(signers) == 1


def test_a_document_without_a_chip_is_refused() -> None:
    with pytest.raises(SpecimenError, match="silva-visa-utopia: the document has no chip"):
        personalise(ALL["silva-visa-utopia"], PKI)


def test_a_state_without_certificates_is_refused() -> None:
    item = ALL["lindqvist-utopia"]
    document = item.document.model_copy(update={"issuing_state": "XXA"})
    with pytest.raises(PkiError, match="XXA has no country code"):
        personalise(item.model_copy(update={"document": document}), PKI)


def test_a_pki_without_issuers_has_no_master_list() -> None:
    with pytest.raises(PkiError, match="at least one CSCA"):
        SpecimenPki().master_list(NOW)
