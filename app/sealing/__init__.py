"""The only cryptography, and the key folder: tokens, the sealed urn, the server's shares, the ledger of releases."""
