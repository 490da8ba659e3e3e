"""Day plans: made before the day begins, kept as they were, and held against what was done."""
