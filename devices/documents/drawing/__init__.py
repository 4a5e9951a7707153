"""Pictures of specimen documents and phones, for simulated cameras, demos and tests."""

from devices.documents.drawing.document import Side, draw_document, mrz_side
from devices.documents.drawing.fonts import FontMissing
from devices.documents.drawing.phone import draw_phone
from devices.documents.drawing.picture import Drawing

__all__ = ["Drawing", "FontMissing", "Side", "draw_document", "draw_phone", "mrz_side"]
