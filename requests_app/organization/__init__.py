"""What a practice settles for its desk and its reviews, in "My Organization" (product 2.9)."""
