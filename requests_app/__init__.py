"""The record request, from the first draft to the records in hand.

Main nouns: `Batch` (one sitting: one patient, up to 20 custodians), `RecordRequest` (to one custodian, with its state
machine), `Authorization`, `RecordFile` and `RecordPage` (what the practice uploads and reviews), `Release`.
`intake/` asks, `authorizations/` signs, `processing/` answers, `tracking/` follows.
"""
