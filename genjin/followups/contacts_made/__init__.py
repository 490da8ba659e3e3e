"""Contacts that were made before, in another system or on paper, brought in from a file."""
