"""How many rows go to a transaction: as many as hold up nobody who saves a note meanwhile for longer than bearable."""

SHORTEST, LONGEST = 500, 5000  # rows: fewer cost more for each, more are no faster
HELD_AT_MOST = 0.25  # seconds for which others may have to wait (ours; a page may take 0.3)
# How long a turn lasts while nobody waits for it. At a million customers a batch touches most pages of every index, and
# each is written whole: the fewer transactions, the fewer times (bench/README.md).
LONGEST_TURN = 2.0  # seconds; what a run that is killed has to do again


class Pace:
    """The size of the next batch, learnt from what the last one took."""

    def __init__(self, shortest: int = SHORTEST, longest: int = LONGEST) -> None:
        self.shortest, self.longest = shortest, longest
        self.rows = shortest

    def took(self, rows: int, seconds: float) -> None:
        """Grow by half while batches are well below the bearable time, shrink at once when one is above it."""
        if seconds > HELD_AT_MOST:
            self.rows = max(self.shortest, int(rows * HELD_AT_MOST / seconds))
        elif rows >= self.rows and seconds < 0.7 * HELD_AT_MOST:
            self.rows = min(self.longest, self.rows * 3 // 2)
