"""Decisions about contacts. Plain values in, answer out."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Yield:
    """The n-th contact: `clients` had exactly n, `won` of them bought, `reached` got at least n.

    `share` is the chance at the n-th contact (B-table): who bought at it over who got that far, None where nobody did.
    """

    contact: int
    clients: int
    won: int
    reached: int

    @property
    def share(self) -> float | None:
        return self.won / self.reached if self.reached else None


def yields_by_contact(counts: Mapping[int, tuple[int, int]], *, contacts: int = 7) -> list[Yield]:
    """What each contact brought, from the 1st to the `contacts`-th; `counts` maps attempts to (clients, won)."""
    reached = sum(clients for attempts, (clients, _won) in counts.items() if attempts >= 1)
    yields = []
    for contact in range(1, contacts + 1):
        clients, won = counts.get(contact, (0, 0))
        yields.append(Yield(contact, clients, won, reached))
        reached -= clients
    return yields


def yields_to(counts: Mapping[int, tuple[int, int]], *, last: int = 5) -> list[tuple[int, int, int]]:
    """(contacts, clients, won) for 1, 2, …, the last row standing for that many and more."""
    exact = [(contact, *counts.get(contact, (0, 0))) for contact in range(1, last)]
    more = [found for attempts, found in counts.items() if attempts >= last]
    return [*exact, (last, sum(clients for clients, _won in more), sum(won for _clients, won in more))]


def contacts_in_all(counts: Mapping[int, tuple[int, int]]) -> int:
    """Contacts that were needed for all of them."""
    return sum(attempts * clients for attempts, (clients, _won) in counts.items())
