"""Asking: the six steps of the wizard, drafts, the estimate, submitting (product 5.3-5.5)."""
