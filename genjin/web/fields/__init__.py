"""Custom fields on pages: as fields of a form, and in words."""
