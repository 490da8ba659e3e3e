"""Two leads that are one: made one, field by field, with what hangs on both, and taken apart again for a month."""
