"""Capture forms: composed on the screen, filled in by anybody on the internet, settled as leads."""
