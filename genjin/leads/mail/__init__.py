"""Mailboxes that are read: who writes to one becomes a lead."""
