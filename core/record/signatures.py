"""Signatures of files that another installation reads: Ed25519, its keys of 32 bytes made from a secret of ours."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def seed_of(secret: str, *, purpose: bytes) -> bytes:
    """The private key (32 bytes) that a secret gives for one purpose."""
    return HKDF(algorithm=SHA256(), length=32, salt=purpose, info=b"sign").derive(secret.encode())


def sign(content: bytes, seed: bytes) -> bytes:
    """The signature of a content."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(content)


def public_key(seed: bytes) -> bytes:
    """What tells the signatures of a private key good."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def is_signed(content: bytes, signature: bytes, key: bytes) -> bool:
    """Whether a public key signed a content; ValueError on what is no key."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except InvalidSignature:
        return False
    return True
