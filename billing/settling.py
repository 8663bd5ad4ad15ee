"""What the bank's answer brings about: attempts, invoices and ledger moved together, once."""
