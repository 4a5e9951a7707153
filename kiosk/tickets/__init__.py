"""What is on a ticket: content, languages, the signed QR code, and how it is laid out."""
