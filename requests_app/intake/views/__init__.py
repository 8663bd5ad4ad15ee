"""The pages of the wizard, a module for each step."""
