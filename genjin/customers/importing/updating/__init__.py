"""Rows that mean a customer who is there already: which one, what they may change, and how that is written."""
