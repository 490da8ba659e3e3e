"""What a row of a customer list means, and how thousands of them are written at once."""
