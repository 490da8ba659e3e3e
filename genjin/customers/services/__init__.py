"""The verbs that change customers. Each is one transaction with its audit record."""
