"""What the boards decide, as functions of plain values."""
