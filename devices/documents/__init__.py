"""What a document says: machine readable zone, identity, check digits. No I/O."""
