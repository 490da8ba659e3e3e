"""Customers on their way into a file: which columns, in whose scope, and quickly."""
