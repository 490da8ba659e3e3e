"""A lead becomes a customer, or part of one that is there, with its history; for a day that can be taken back."""
