"""Cryptography of chip documents that general libraries do not offer ready-made."""
