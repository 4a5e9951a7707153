"""PACE, chip authentication and AES secure messaging: the worked example of BSI TR-03110."""

from devices.chip.access.pace import authentication_token
from devices.chip.apdu import Command, Response, exchange
from devices.chip.crypto.cipher import Cipher, Purpose
from devices.chip.crypto.domain_parameters import by_id
from devices.chip.crypto.key_agreement import group_of
from devices.chip.secure_messaging import SecureMessaging, SessionKeys
from devices.chip.security_infos import KeyAgreement, Mapping, PaceInfo, parse_security_infos

AES = Cipher.AES128
P256 = group_of(by_id(13))
INFO = PaceInfo(KeyAgreement.ECDH, Mapping.GENERIC, AES, by_id(13), 13)

CARD_ACCESS = """
3181C6300D060804007F00070202020201023012060A04007F000702020302020201020201013012060A04007F00070202
0402020201020201 0D301C060904007F000702020302300C060704007F0007010202010D020101302F060804007F000702
0206162368747470733A2F2F7777772E686A702D636F6E73756C74696E672E636F6D2F686F6D65303E060804007F000702
02083132 3012060A04007F00070202030202020102020102301C060904007F000702020302300C060704007F0007010202
010D020102
"""
NONCE_CRYPTOGRAM = "CE834CDE69FFBB1D1EB21585CD709F18"
NONCE = "7D98C00FC6C9E9543BBF94A87073A123"
MAPPING_PRIVATE = "752287F5B02DE3C4BC3E17945118C51B23C97278E4CD748048AC56BA5BDC3D46"
MAPPING_PUBLIC = (
    "043DD29BBE5907FD21A152ADA4895FAAE7ACC55F5E50EFBFDE5AB0C6EB54F198D6"
    "15913635F0FDF5BEB383E00355F82D3C41ED0DF2E28363433DFB73856A15DC9F"
)
CARD_MAPPING_PUBLIC = (
    "049CFCF7582AC986D0DD52FA53123414C3E1B96B4D00ABA8E574679B70EFB5BC3B"
    "45D2F13729CC2AE178E7E241B443213533B77DBB44649A815DDC4A2384BA422A"
)
GENERATOR = (
    "043929D28BA1E5339D6C5DADE5E33BD3C2F0BD14DD77C7521532261659C918FA60"
    "14DD48FA84E62BDE438EDB4C9771D042CDB24B7788BDBAB2031C45751E777F66"
)
PRIVATE = "9D9A32DF93A57CCE33CA3CDD3457E33A976F293546C73550F397259C93BE0120"
PUBLIC = (
    "04518BC4E532AD2A9BD6527804D5D665ABD51041037A0CC8AA922804EB501C222B"
    "342738" + "8599AFAAE9FBACE2DF93E13C3C4979CD12F0AE3E3C012602839155" + "4582"
)
CARD_PUBLIC = (
    "04282CF38073036AFAC216AF135BD994DA0C357F10BD4C34AFEA1042B2EB0FD680"
    "4DF3658B835AC2E7133F13691184542BB50B109963A4662ABDC08B9763AF4B5B"
)
SECRET = "6E7D077CCD367C2EAA683F1E8EC534302E2D00B6ADAF8A87A6EDA78740F17606"
K_ENC = "68406B4162100563D9C901A6154D2901"
K_MAC = "73FF268784F72AF833FDC9464049AFC9"

CHIP_PUBLIC = (
    "04A44EBE5451DF7AADB01E459B8C928A87746A57927C8C28A6775C97A7E1FE8D9A"
    "46FF4A1CC7E4D1389AEA19758E4F75C28C598FD734AEBEB135337CF95BE12E94"
)
CHIP_PRIVATE = "7984674CF3B3A524BF929CE8A67FCF22173DA0BAD595EED6DEB72D22C542FA9D"
CHIP_TERMINAL_PRIVATE = "A6A4D255C5BF7A77EC3D0553DB74F693CF044E18C98364D4977A296108AF19BD"
CHIP_TERMINAL_PUBLIC = (
    "045A7A377FC9CAFC03AC7FF45441A8B2909D88EAB8E6B0173847AB49B949DF3799"
    "A34EE57EC55268CF8B1C3EC489F8BF4CF4C68D3FD9670E89C0D5D3FFF1AAF89F"
)
CHIP_SECRET = "791DA04273CCFE862E52DF60347E2557192E1F8D7517822CE3D306056C1CDEB4"


def test_card_access_names_the_pace_and_nothing_else_of_ours() -> None:
    found = parse_security_infos(bytes.fromhex(CARD_ACCESS.replace("\n", "")))
    assert found.pace == (INFO,)
    assert found.chip_authentication == ()  # version 2 is for others
    assert found.chip_authentication_keys == ()


def test_nonce_is_decrypted_with_the_password() -> None:
    key = AES.derive(b"123456", Purpose.PASSWORD)
    assert AES.decrypt(key, bytes(16), bytes.fromhex(NONCE_CRYPTOGRAM)).hex().upper() == NONCE


def test_generic_mapping_and_key_agreement() -> None:
    private = int(MAPPING_PRIVATE, 16)
    assert P256.key_pair(private).public.hex().upper() == MAPPING_PUBLIC
    mapped = P256.map_generic(bytes.fromhex(NONCE), private, bytes.fromhex(CARD_MAPPING_PUBLIC))
    assert mapped.key_pair(1).public.hex().upper() == GENERATOR
    assert mapped.key_pair(int(PRIVATE, 16)).public.hex().upper() == PUBLIC
    secret = mapped.shared_secret(int(PRIVATE, 16), bytes.fromhex(CARD_PUBLIC))
    assert secret.hex().upper() == SECRET
    assert AES.derive(secret, Purpose.ENCRYPTION).hex().upper() == K_ENC
    assert AES.derive(secret, Purpose.MAC).hex().upper() == K_MAC


def test_authentication_tokens() -> None:
    k_mac = bytes.fromhex(K_MAC)
    ours = authentication_token(AES, k_mac, INFO, bytes.fromhex(CARD_PUBLIC))
    theirs = authentication_token(AES, k_mac, INFO, bytes.fromhex(PUBLIC))
    assert ours.hex().upper() == "A27AE7B36573C1D9"
    assert theirs.hex().upper() == "A2658C2F38600B0F"


class _Card:
    """Answers a protected command as the example does."""

    atr = b""

    def __init__(self) -> None:
        self.received = b""

    def transmit(self, apdu: bytes) -> bytes:
        self.received = apdu
        return Response(bytes.fromhex("990290008E08A89570A68664A7D6"), 0x9000).encode()


def test_secure_messaging_with_aes() -> None:
    """MSE:Set DST, the first command of the example's session."""
    card = _Card()
    session = SecureMessaging(card, AES, bytes.fromhex(K_ENC), bytes.fromhex(K_MAC))
    data = bytes.fromhex("830D44454356434141543030303031")
    assert exchange(session, Command(0x00, 0x22, 0x81, 0xB6, data)).ok
    assert card.received[:8].hex().upper() == "0C2281B61D871101"
    assert card.received[8:24].hex().upper() == "BE90237EEB4BA0FF253EA246AE31C8B8"


def test_chip_authentication_agrees_on_the_examples_secret() -> None:
    terminal = P256.key_pair(int(CHIP_TERMINAL_PRIVATE, 16))
    assert terminal.public.hex().upper() == CHIP_TERMINAL_PUBLIC
    for private, public in (
        (CHIP_TERMINAL_PRIVATE, CHIP_PUBLIC),
        (CHIP_PRIVATE, CHIP_TERMINAL_PUBLIC),
    ):
        secret = P256.shared_secret(int(private, 16), bytes.fromhex(public))
        assert secret.hex().upper() == CHIP_SECRET


def test_session_keys_of_both_sides_make_the_same_checksums() -> None:
    keys = SessionKeys(AES, bytes.fromhex(K_ENC), bytes.fromhex(K_MAC), 1)
    keys.advance()
    assert keys.mac(bytes.fromhex("99029000")).hex().upper() == "A89570A68664A7D6"
