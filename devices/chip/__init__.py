"""Chip documents (eMRTD, eID): transport, access control, secure messaging, data, proof."""
