"""Leads out of a file: each row is an arrival that becomes a lead, or one more of a lead that is there."""
