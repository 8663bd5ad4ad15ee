"""The vendors: the only modules that know how an email, a text or a fax leaves."""


class Refused(Exception):
    """The provider refuses this address or number; trying again can't help."""
