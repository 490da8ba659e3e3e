"""The verbs of follow-up. Each is one transaction with its audit record."""
