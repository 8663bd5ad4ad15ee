"""What happened, and the one door through which a thing may change its state.

Main nouns: `Lifecycle` (a model with a state machine), `verb` (a move through the door), `Activity` (one entry
of a hash chain: who, what, when), `Actor` (who acts: a member, a signer, ops, the system itself).
"""
