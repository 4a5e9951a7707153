"""Translations of the screen (Qt Linguist .ts files); `python -m ui.translations` handles them."""
