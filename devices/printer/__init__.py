"""The receipt printer: commands, status, link, and a virtual printer."""
