"""The only cryptography: tokens and their hashes, the sealed urn, and the key folder with the server's shares."""
