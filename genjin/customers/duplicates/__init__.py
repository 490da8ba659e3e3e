"""Customers that may be one: found while typing and by a job in the whole stock; what was said of a pair is kept."""
