"""Whom a new lead is given to: rules in order, whose turn it is, and what happens when nobody accepts in time."""
