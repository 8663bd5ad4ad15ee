"""The vendors: the only modules that know how an email, a text or a fax leaves."""
