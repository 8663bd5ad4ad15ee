"""What an organization has asked for: the outbound list, on its own page and on the dashboard (product 5.1, 5.2)."""
