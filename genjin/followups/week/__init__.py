"""A week ahead: what is booked for each day against the standard, and moving a customer to another day."""
