"""Sealing ballots: libsodium sealed boxes under a key pair that is made when voting opens and stored nowhere.

The private key needs both the teacher's link secret and the server's share. The database holds only the public key,
so a stolen database, its log, its backups and the key folder together open nothing.
"""

import secrets
from collections.abc import Iterable

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.public import PrivateKey, PublicKey, SealedBox

SHARE_BYTES = 32
BOX_KEY_BYTES = 16


class NotOpenedError(Exception):
    """A box does not open with this key: the secret or the share is not the one that the vote was opened with."""


def mint_share() -> bytes:
    """The server's share of one poll's key."""
    return secrets.token_bytes(SHARE_BYTES)


def mint_box_key() -> bytes:
    """The random key a box is stored under, so that the urn keeps no order."""
    return secrets.token_bytes(BOX_KEY_BYTES)


def public_key(link_secret: str, share: bytes) -> bytes:
    """The public key of a poll: all that is stored of the pair."""
    return bytes(_private_key(link_secret, share).public_key)


def seal(ballot: bytes, key: bytes) -> bytes:
    """Seal one ballot's plaintext for the public `key`; nobody without both shares reads it again."""
    return SealedBox(PublicKey(key)).encrypt(ballot)


def open_boxes(boxes: Iterable[bytes], link_secret: str, share: bytes) -> list[bytes]:
    """The plaintexts of `boxes`, in memory only; raises NotOpenedError if any one does not open."""
    box = SealedBox(_private_key(link_secret, share))
    try:
        return [box.decrypt(sealed) for sealed in boxes]
    except CryptoError:
        raise NotOpenedError from None


def _private_key(link_secret: str, share: bytes) -> PrivateKey:
    seed = blake2b(link_secret.encode(), digest_size=32, key=share, person=b"pejling-seal", encoder=RawEncoder)
    return PrivateKey.from_seed(seed)
