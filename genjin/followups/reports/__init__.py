"""Daily and weekly reports, and when somebody's working day began and ended."""
