"""What whoever leads says about a colleague's note: a thumb, a few words. The author hears of it."""
