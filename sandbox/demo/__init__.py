"""The demo: made-up people and practices, and requests brought to every state by the product's own verbs."""
