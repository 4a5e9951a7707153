"""PACE: the worked examples of ICAO Doc 9303-11, appendices G, H and I, byte for byte."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from devices.chip import tlv
from devices.chip.access.credentials import CanCredentials, MrzCredentials
from devices.chip.access.pace import Pace
from devices.chip.crypto.cipher import Cipher, Purpose
from devices.chip.crypto.domain_parameters import by_id
from devices.chip.crypto.key_agreement import EcGroup, group_of
from devices.chip.errors import AccessDenied, AccessFailed, ChipError, MalformedReply
from devices.chip.security_infos import KeyAgreement, Mapping, PaceInfo, parse_security_infos
from tests.chip.scripted import ScriptedTransport

SPECIMEN = MrzCredentials("T22000129", "640812", "101031")
CAM_SPECIMEN = MrzCredentials("C11T002JM", "960812", "231031")


@dataclass(frozen=True)
class Example:
    """A worked example: what goes over the line, and the terminal's private keys."""

    credentials: MrzCredentials
    info: PaceInfo
    password_key: str
    """K_pi; the one of appendix H is given, not derived from an MRZ."""
    nonce_cryptogram: str
    nonce: str
    private_keys: tuple[str, ...]
    mapping: tuple[str, str]
    """What the terminal sends and what the card answers to map the nonce."""
    agreement: tuple[str, str]
    tokens: tuple[str, str]
    k_enc: str
    k_mac: str
    terminal_nonce: str = ""
    chip_authentication: str = ""
    chip_authentication_data: str = ""


def info(agreement: KeyAgreement, mapping: Mapping, parameter_id: int) -> PaceInfo:
    return PaceInfo(agreement, mapping, Cipher.AES128, by_id(parameter_id), parameter_id)


G1_ECDH_GM = Example(
    SPECIMEN,
    info(KeyAgreement.ECDH, Mapping.GENERIC, 13),
    password_key="89DED1B26624EC1E634C1989302849DD",
    nonce_cryptogram="95A3A016522EE98D01E76CB6B98B42C3",
    nonce="3F00C4D39D153F2B2A214A078D899B22",
    private_keys=(
        "7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99",
        "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595",
    ),
    mapping=(
        (
            "047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
            "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D"
        ),
        (
            "04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
            "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54"
        ),
    ),
    agreement=(
        (
            "042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
            "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB36462"
        ),
        (
            "049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
            "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094"
        ),
    ),
    tokens=("C2B0BD78D94BA866", "3ABB9674BCE93C08"),
    k_enc="F5F0E35C0D7161EE6724EE513A0D9A7F",
    k_mac="FE251C7858B356B24514B3BD5F4297D1",
)

G2_DH_GM = Example(
    SPECIMEN,
    info(KeyAgreement.DH, Mapping.GENERIC, 0),
    password_key="89DED1B26624EC1E634C1989302849DD",
    nonce_cryptogram="854D8DF5827FA6852D1A4FA701CDDDCA",
    nonce="FA5B7E3E49753A0DB9178B7B9BD898C8",
    private_keys=(
        "5265030F751F4AD18B08AC565FC7AC952E41618D",
        "89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA",
    ),
    mapping=(
        (
            "23FB3749EA030D2A25B278D2A562047ADE3F01B74F17A15402CB7352CA7D2B3E"
            "B71C343DB13D1DEBCE9A3666DBCFC920B49174A602CB47965CAA73DC702489A4"
            "4D41DB914DE9613DC5E98C94160551C0DF86274B9359BC0490D01B03AD54022D"
            "CB4F57FAD6322497D7A1E28D46710F461AFE710FBBBC5F8BA166F4311975EC6C"
        ),
        (
            "78879F57225AA8080D52ED0FC890A4B25336F699AA89A2D3A189654AF70729E6"
            "23EA5738B26381E4DA19E004706FACE7B235C2DBF2F38748312F3C98C2DD4882"
            "A41947B324AA1259AC22579DB93F7085655AF30889DBB845D9E6783FE42C9F24"
            "49400306254C8AE8EE9DD812A804C0B66E8CAFC14F84D8258950A91B44126EE6"
        ),
    ),
    agreement=(
        (
            "907D89E2D425A178AA81AF4A7774EC8E388C115CAE67031E85EECE520BD91155"
            "1B9AE4D04369F29A02626C86FBC6747CC7BC352645B6161A2A42D44EDA80A08F"
            "A8D61B76D3A154AD8A5A51786B0BC07147057871A922212C5F67F43173172236"
            "B7747D1671E6D692A3C7D40A0C3C5CE397545D015C175EB5130551EDBC2EE5D4"
        ),
        (
            "075693D9AE941877573E634B6E644F8E60AF17A0076B8B123D9201074D36152B"
            "D8B3A213F53820C42ADC79AB5D0AEEC3AEFB91394DA476BD97B9B14D0A65C1FC"
            "71A0E019CB08AF55E1F729005FBA7E3FA5DC41899238A250767A6D46DB974064"
            "386CD456743585F8E5D90CC8B4004B1F6D866C79CE0584E49687FF61BC29AEA1"
        ),
    ),
    tokens=("B46DD9BD4D98381F", "917F37B5C0E6D8D1"),
    k_enc="2F7F46ADCC9E7E521B45D192FAFA9126",
    k_mac="805A1D27D45A5116F73C54469462B7D8",
)

H1_ECDH_IM = Example(
    SPECIMEN,
    info(KeyAgreement.ECDH, Mapping.INTEGRATED, 13),
    password_key="591468CDA83D65219CCCB8560233600F",
    nonce_cryptogram="143DC40C08C8E891FBED7DEDB92B64AD",
    nonce="2923BE84E16CD6AE529049F1F1BBE9EB",
    private_keys=("A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595",),
    mapping=("5DD4CBFC96F5453B130D890A1CDBAE32", ""),
    agreement=(
        (
            "0489CBA23FFE96AA18D824627C3E934E54A9FD0B87A95D1471DC1C0ABFDCD640D4"
            "6755DE9B7B778280B6BEBD57439ADFEB0E21FD4ED6DF42578C13418A59B34C37"
        ),
        (
            "0467F78E5F7F7686082B293E8D087E056916D0F74BC01A5F8957D0DE45691E51E8"
            "932B69A962B52A0985AD2C0A271EE6A13A8ADDDCD1A3A994B9DED257F4D22753"
        ),
    ),
    tokens=("450F02B86F6A0909", "75D4D96E8D5B0308"),
    k_enc="0D3FEB33251A6370893D62AE8DAAF51B",
    k_mac="B01E89E3D9E8719E586B50B4A7506E0B",
    terminal_nonce="5DD4CBFC96F5453B130D890A1CDBAE32",
)

H2_DH_IM = Example(
    SPECIMEN,
    info(KeyAgreement.DH, Mapping.INTEGRATED, 0),
    password_key="591468CDA83D65219CCCB8560233600F",
    nonce_cryptogram="9ABB8864CA0FF1551E620D1EF4E13510",
    nonce="FA5B7E3E49753A0DB9178B7B9BD898C8",
    private_keys=(
        (
            "4BD0E54740F9A028E6A515BFDAF967848C4F5F5FFF65AA0915947FFD1A0DF2FA"
            "6981271BC905F3551457B7E03AC3B8066DE4AA406C1171FB43DD939C4BA16175"
            "103BA3DEE16419AA248118F90CC36A3D6F4C373652E0C3CCE7F0F1D0C5425B36"
            "00F0F0D6A67F004C8BBA33F2B4733C7252445C1DFC4F1107203F71D2EFB28161"
        ),
    ),
    mapping=("B3A6DB3C870C3E99245E0D1C06B747DE", ""),
    agreement=(
        (
            "0F0CC62945A8029251FB7EF3C094E12EC68E4EF07F27CB9D9CD04C5C4250FAE0"
            "E4F8A951557E929AEB48E5C6DD47F2F5CD7C351A9BD2CD722C07EDE166770F08"
            "FFCB370262CF308DD7B07F2E0DA9CAAA1492344C852906919538C98A4BA4187E"
            "76CE9D87832386D319CE2E043C3343AEAE6EDBA1A9894DC5094D22F7FE1351D5"
        ),
        (
            "928D9A0F9DBA450F13FC859C6F290D1D36E42431138A4378500BEB4E0401854C"
            "FF111F71CB6DC1D0335807A11388CC8EAA87B07907AAD9FBA6B169AF6D8C26AF"
            "8DDDC39ADC3AD2E3FF882B84D23E9768E95A80E4746FB07A9767679FE92133B4"
            "D379935C771BD7FBED6C7BB4B1708B275EA75679524CDC9C6A91370CC662A2F3"
        ),
    ),
    tokens=("55D61977CBF5307E", "C2F04230187E1525"),
    k_enc="01AFC10CF87BE36D8179E87370171F07",
    k_mac="23F0FBD05FD6C7B8B88F4C8309669061",
    terminal_nonce="B3A6DB3C870C3E99245E0D1C06B747DE",
)

I1_ECDH_CAM = Example(
    CAM_SPECIMEN,
    info(KeyAgreement.ECDH, Mapping.CHIP_AUTHENTICATION, 13),
    password_key="",
    nonce_cryptogram="CB60E8E0D85B76A9BD304747C2AD42E2",
    nonce="658B860BC94DF6F044FCE6D5C82CF8E5",
    private_keys=(
        "5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC",
        "76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120",
    ),
    mapping=(
        (
            "047F1D410ADB7DDB3B84BF1030800981A9105D7457B4A3ADE002384F3086C67EDE"
            "1AB889104A27DB6D842B019020FBF3CEACB0DC627F7BDCAC29969E19D0E553C1"
        ),
        (
            "04A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3"
            "04F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E23"
        ),
    ),
    agreement=(
        (
            "04446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319EC1C7728F95"
            "5483400BFF60BF0C5929270009277DC2A515E12575010AD9BA916CF1BF86FEFC"
        ),
        (
            "0402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA9933331"
            "11C3B9B4C2287789BD137E7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E1"
        ),
    ),
    tokens=("E86BD06018A1CD3B", "8596CF055C67C1A3"),
    k_enc="0A9DA4DB03BDDE39FC5202BC44B2E89E",
    k_mac="4B1C06491ED5140CA2B537D344C6C0B1",
    chip_authentication=(
        "1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD"
        "10CBA372B42BE0B9B5F28AA8DE2F4F92"
    ),
    chip_authentication_data="85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3",
)

EXAMPLES = {
    "G.1 ECDH-GM": G1_ECDH_GM,
    "G.2 DH-GM": G2_DH_GM,
    "H.1 ECDH-IM": H1_ECDH_IM,
    "H.2 DH-IM": H2_DH_IM,
    "I.1 ECDH-CAM": I1_ECDH_CAM,
}


def dynamic(tag: int, value: str) -> str:
    return tlv.encode(0x7C, tlv.encode(tag, bytes.fromhex(value))).hex()


def command(header: str, data: str) -> str:
    return f"{header}{len(data) // 2:02X}{data}00"


def nonce_cryptogram(example: Example) -> str:
    """The example's; where its K_pi belongs to no MRZ, the same nonce under our MRZ's K_pi."""
    derived = Cipher.AES128.derive(example.credentials.pace_secret, Purpose.PASSWORD)
    if example.password_key in ("", derived.hex().upper()):
        return example.nonce_cryptogram
    return Cipher.AES128.encrypt(derived, bytes(16), bytes.fromhex(example.nonce)).hex()


def script(example: Example) -> list[tuple[str, str]]:
    set_at = f"800A{example.info.protocol.hex()}830101"
    last = dynamic(0x86, example.tokens[1])
    if example.chip_authentication:
        objects = tlv.encode(0x86, bytes.fromhex(example.tokens[1]))
        objects += tlv.encode(0x8A, bytes.fromhex(example.chip_authentication))
        last = tlv.encode(0x7C, objects).hex()
    return [
        (f"0022C1A40F{set_at}", "9000"),
        ("10860000027C0000", dynamic(0x80, nonce_cryptogram(example)) + "9000"),
        (
            command("10860000", dynamic(0x81, example.mapping[0])),
            dynamic(0x82, example.mapping[1]) + "9000",
        ),
        (
            command("10860000", dynamic(0x83, example.agreement[0])),
            dynamic(0x84, example.agreement[1]) + "9000",
        ),
        (command("00860000", dynamic(0x85, example.tokens[0])), last + "9000"),
    ]


def terminal_keys(example: Example) -> Callable[[int], int]:
    left = [int(key, 16) for key in example.private_keys]
    return lambda _limit: left.pop(0) - 1


def pace(example: Example, card: ScriptedTransport) -> Pace:
    return Pace(
        card,
        example.info,
        example.credentials,
        random_below=terminal_keys(example),
        random_bytes=lambda _length: bytes.fromhex(example.terminal_nonce),
    )


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_worked_example_is_reproduced_byte_for_byte(example: Example) -> None:
    card = ScriptedTransport(script(example))
    result = pace(example, card).perform()
    card.assert_finished()
    keys = result.session._keys
    assert keys._k_enc.hex().upper() == example.k_enc
    assert keys._k_mac.hex().upper() == example.k_mac
    assert keys._counter == 0
    found = result.chip_authentication_mapping
    if example.chip_authentication:
        assert found is not None
        assert found.chip_authentication_data.hex().upper() == example.chip_authentication_data
        assert found.mapping_public_key.hex().upper() == example.mapping[1]
    else:
        assert found is None


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_nonce_of_the_example_decrypts(example: Example) -> None:
    key = (
        bytes.fromhex(example.password_key)
        if example.password_key
        else Cipher.AES128.derive(example.credentials.pace_secret, Purpose.PASSWORD)
    )
    nonce = Cipher.AES128.decrypt(key, bytes(16), bytes.fromhex(example.nonce_cryptogram))
    assert nonce.hex().upper() == example.nonce


def test_chip_authentication_mapping_proves_the_key_of_appendix_i() -> None:
    group = group_of(by_id(13))
    assert isinstance(group, EcGroup)
    static_key = bytes.fromhex(
        "041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
        "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F"
    )
    data = int(I1_ECDH_CAM.chip_authentication_data, 16)
    assert group.multiply(data, static_key).hex().upper() == I1_ECDH_CAM.mapping[1]


def test_card_access_of_appendix_g_is_understood() -> None:
    found = parse_security_infos(bytes.fromhex("31143012060A04007F0007020204020202010202010D"))
    assert found.pace == (G1_ECDH_GM.info,)
    assert G1_ECDH_GM.info.encode().hex().upper() == "3012060A04007F0007020204020202010202010D"


def test_mapping_key_of_appendix_i_is_understood() -> None:
    found = parse_security_infos(
        bytes.fromhex(
            "31643062060904007F0007020201023052300C060704007F0007010202010D03420004"
            "1872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
            "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F02010D"
        )
    )
    (key,) = found.chip_authentication_keys
    assert key.key_id == 13
    assert key.key.parameters is by_id(13)
    assert key.key.public[:5].hex() == "0418727094"


def test_can_is_named_in_the_authentication_template() -> None:
    card = ScriptedTransport([("0022C1A40F800A04007F00070202040202830102", "6A80")])
    with pytest.raises(AccessFailed):
        Pace(card, G1_ECDH_GM.info, CanCredentials("500540")).perform()
    card.assert_finished()


@pytest.mark.parametrize("sw", ["6300", "63C2", "6982", "6988"])
def test_every_status_word_for_a_wrong_password_means_access_denied(sw: str) -> None:
    exchanges = script(G1_ECDH_GM)
    exchanges[4] = (exchanges[4][0], sw)
    with pytest.raises(AccessDenied):
        pace(G1_ECDH_GM, ScriptedTransport(exchanges)).perform()


@pytest.mark.parametrize("step", range(1, 5))
@pytest.mark.parametrize(
    "reply", ["6A80", "9000", "7C009000", "7C0280009000", "30009000", "7C05829000", "FF"]
)
def test_nonsense_at_any_step_ends_in_an_error_of_ours(step: int, reply: str) -> None:
    exchanges = script(G1_ECDH_GM)
    exchanges[step] = (exchanges[step][0], reply)
    with pytest.raises(ChipError):
        pace(G1_ECDH_GM, ScriptedTransport(exchanges)).perform()


def test_a_card_that_mirrors_our_key_is_refused() -> None:
    exchanges = script(G1_ECDH_GM)
    exchanges[3] = (exchanges[3][0], dynamic(0x84, G1_ECDH_GM.agreement[0]) + "9000")
    with pytest.raises(MalformedReply, match="own key"):
        pace(G1_ECDH_GM, ScriptedTransport(exchanges)).perform()


def test_a_wrong_token_is_refused() -> None:
    exchanges = script(G1_ECDH_GM)
    exchanges[4] = (exchanges[4][0], dynamic(0x86, "0000000000000000") + "9000")
    with pytest.raises(MalformedReply, match="token"):
        pace(G1_ECDH_GM, ScriptedTransport(exchanges)).perform()
