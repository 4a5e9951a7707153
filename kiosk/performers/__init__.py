"""Carrying out what the visit wants: the readers, the hall server, the printer, the staff call."""
