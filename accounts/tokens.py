"""Tokens that let their holder in: drawn here, kept only as a hash (trust.md, "Sign-in")."""

import hashlib
import secrets


def draw():
    """A token of 192 bits and its hash, which alone is kept."""
    token = secrets.token_urlsafe(24)
    return token, hashed(token)


def hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()
