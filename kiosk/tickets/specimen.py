"""Specimen tickets in every language that tickets are printed in; all of it invented."""

from datetime import UTC, date, datetime, timedelta, timezone

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.tickets.content import Localized, Place, PlaceKind, TicketContent
from kiosk.tickets.qr import SignedTicket, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
"""Known to everybody: what it signs is a specimen."""
ISSUED_AT = datetime(2026, 11, 21, 9, 41, tzinfo=timezone(timedelta(hours=8)))

HALL: Localized = {
    "zh": "市出入境办证大厅",
    "en": "City Exit-Entry Service Hall",
    "ru": "Городской центр виз и регистрации",
    "ar": "قاعة خدمات الدخول والخروج",
    "ko": "시 출입국 민원실",
    "th": "ศูนย์บริการตรวจคนเข้าเมือง",
    "ja": "市出入国サービスホール",
    "fr": "Service municipal des entrées et sorties",
    "es": "Oficina municipal de entradas y salidas",
    "de": "Städtisches Servicezentrum für Ein- und Ausreise",
    "vi": "Trung tâm dịch vụ xuất nhập cảnh",
    "pt": "Serviço municipal de entradas e saídas",
    "it": "Ufficio comunale ingressi e uscite",
    "id": "Balai layanan keimigrasian kota",
}
SERVICE: Localized = {
    "zh": "工作类居留许可",
    "en": "Residence permit for work",
    "ru": "Вид на жительство для работы",
    "ar": "تصريح إقامة للعمل",
    "ko": "취업 거류허가",
    "th": "ใบอนุญาตพำนักเพื่อการทำงาน",
    "ja": "就労居留許可",
    "fr": "Titre de séjour pour le travail",
    "es": "Permiso de residencia por trabajo",
    "de": "Aufenthaltserlaubnis zur Arbeit",
    "vi": "Giấy phép cư trú để làm việc",
    "pt": "Autorização de residência para trabalho",
    "it": "Permesso di soggiorno per lavoro",
    "id": "Izin tinggal untuk bekerja",
}
PASSPORT: Localized = {
    "zh": "有效护照或者国际旅行证件",
    "en": "Valid passport or international travel document",
    "ru": "Действительный паспорт или проездной документ",
    "ar": "جواز سفر ساري المفعول أو وثيقة سفر دولية",
    "ko": "유효한 여권 또는 국제여행증명서",
    "th": "หนังสือเดินทางที่ยังไม่หมดอายุ",
    "ja": "有効な旅券または国際旅行証明書",
    "fr": "Passeport ou document de voyage en cours de validité",
    "es": "Pasaporte o documento de viaje vigente",
    "de": "Gültiger Reisepass oder Reiseausweis",
    "vi": "Hộ chiếu hoặc giấy tờ đi lại quốc tế còn hạn",
    "pt": "Passaporte ou documento de viagem válido",
    "it": "Passaporto o documento di viaggio valido",
    "id": "Paspor atau dokumen perjalanan yang berlaku",
}
PHOTO: Localized = {
    "zh": "近期免冠照片",
    "en": "Recent photograph",
    "ru": "Недавняя фотография",
    "ar": "صورة شخصية حديثة",
    "ko": "최근 사진",
    "th": "รูปถ่ายล่าสุด",
    "ja": "最近の写真",
    "fr": "Photo récente",
    "es": "Fotografía reciente",
    "de": "Aktuelles Lichtbild",
    "vi": "Ảnh mới chụp",
    "pt": "Fotografia recente",
    "it": "Fotografia recente",
    "id": "Foto terbaru",
}
LETTER: Localized = {
    "zh": "用人单位出具的公函",
    "en": "Official letter from your employer",
    "ru": "Письмо от работодателя",
    "ar": "خطاب رسمي من صاحب العمل",
    "ko": "고용주의 공문",
    "th": "หนังสือรับรองจากนายจ้าง",
    "ja": "雇用主の公式書簡",
    "fr": "Lettre officielle de l'employeur",
    "es": "Carta oficial de su empleador",
    "de": "Schreiben des Arbeitgebers",
    "vi": "Công văn của đơn vị sử dụng lao động",
    "pt": "Carta oficial do empregador",
    "it": "Lettera ufficiale del datore di lavoro",
    "id": "Surat resmi dari pemberi kerja",
}


def signed_qr(number: str = "B 012", hall_id: str = "urban") -> str:
    return sign(SignedTicket(hall_id, number, date(2026, 11, 21), ISSUED_AT.astimezone(UTC)), KEY)


def ticket(
    language: str = "en",
    *,
    number: str = "B 012",
    place: Place | None = None,
    services: tuple[Localized, ...] = (SERVICE,),
    materials: tuple[Localized, ...] = (PASSPORT, PHOTO, LETTER),
    people_ahead: int | None = 3,
    wait_minutes: tuple[int, int] | None = (10, 20),
    copy: int = 0,
    training: bool = False,
) -> TicketContent:
    """A ticket in Chinese and a language, with whatever is to be different about it."""
    return TicketContent(
        number=number,
        place=place or Place(PlaceKind.DESK, "4", {}),
        services=services,
        people_ahead=people_ahead,
        wait_minutes=wait_minutes,
        materials=materials,
        hall=HALL,
        issued_at=ISSUED_AT,
        qr=signed_qr(number),
        language=language,
        copy=copy,
        training=training,
    )
