"""Lists that people keep: named views, and the columns and widths each likes."""
