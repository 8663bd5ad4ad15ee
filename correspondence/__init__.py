"""What people tell each other, and what the product tells people.

Main nouns: `Thread` and `Message` (between the two sides of a request), `Notice` (an email, text or fax that somebody
is owed). `channels/` is the only place that knows a vendor.
"""
