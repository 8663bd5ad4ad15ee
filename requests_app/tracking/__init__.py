"""Following: dashboard, outbound list, a request with its messages, activity, payment and records (product 5.1-5.7)."""
