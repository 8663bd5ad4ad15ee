"""What a request does when something else happens: its invoice is settled, a patient signs."""
