"""What a lead or a new customer may be worth, by what became of others like it (E3). Shown with its grounds, never used
to hide anyone."""
