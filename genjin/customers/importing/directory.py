"""Whom the rows of a file may be given to: colleagues by name, sign-in or e-mail, in the importer's scope."""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong
from genjin.customers.importing.fields import OWNER
from genjin.organization.models import Person, Unit
from genjin.playbooks.practice import Practice, Practices

OLD_AFTER = 1.0  # seconds; to read five hundred people takes 8 ms


@dataclass(frozen=True, slots=True)
class Colleague:
    pk: int
    name: str
    sign_in: str
    unit: int
    daily_slots: int | None
    refusal: str  # why this one may not be given customers, "" when it is allowed


NOBODY, LEFT_OUT = 0, -1  # answers: its rows have no owner; its rows are not imported


class Directory:
    """Everybody, read once: thousands of rows ask for the same few names."""

    def __init__(self, importer: Any, answers: Mapping[str, int] | None = None, rest: int | None = None) -> None:
        """`answers` say whom a name means that nobody may be given by: a person's key, `NOBODY`, or `LEFT_OUT`; `rest`
        says the same for all such names without an answer of their own, None that their rows are wrong.
        """
        self.rest = rest
        self.importer, self.answers = importer, answers or {}
        self.units = {unit.pk: unit for unit in Unit.objects.all()}
        self._known: dict[tuple[int, str], Practice] = {}
        self._current: dict[tuple[int, str], Practice] = {}
        self._kept: list[Practice] = []
        self.refresh()

    def refresh_when_old(self) -> None:
        """Read the people and how units work anew now and then: somebody may leave while a long file runs, a playbook
        may change. Who has left since is noticed where the rows are written (`writing.hold_owners`)."""
        if time.monotonic() - self.read_at > OLD_AFTER:
            self.refresh()

    def refresh(self) -> None:
        """Read the people and how units work anew."""
        self.read_at = time.monotonic()
        self._practices, self._current = Practices(), {}
        importer = self.importer
        holding = set(Person.objects.holding_customers().values_list("pk", flat=True))
        in_scope = set(Person.objects.visible_to(importer).values_list("pk", flat=True))
        self.people: dict[int, Colleague] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)
        for pk, name, sign_in, email, unit, slots, active in Person.objects.values_list(
            "pk", "name", "sign_in", "email", "unit", "daily_slots", "is_active"
        ):
            refusal = "named_owner_has_left" if not active else ""
            refusal = refusal or ("" if pk in holding else "owner_only_reads")
            refusal = refusal or ("" if pk in in_scope else "owner_outside_scope")
            self.people[pk] = Colleague(pk, name, sign_in, unit, slots, refusal)
            for word in (name, sign_in, email):
                if word:
                    self._by_word[word.strip().casefold()].add(pk)
        self._found: dict[str, Colleague | Reason | None] = {}

    def owner(self, text: str) -> Colleague | None:
        """The colleague a cell names, None where a person has said that it names nobody.

        Raises CellWrong: unknown, several of that name, left, out of scope.
        """
        if text not in self._found:
            self._found[text] = self._look_up(text)
        found = self._found[text]
        if isinstance(found, Reason):
            raise CellWrong(OWNER, found)
        return found

    def _look_up(self, text: str) -> Colleague | Reason | None:
        found = self._named(text)
        answer = self.answers.get(text, self.rest if isinstance(found, Reason) else None)
        if answer is None or answer == LEFT_OUT:
            return found
        meant = self.people.get(answer)
        return found if meant is not None and meant.refusal else meant

    def _named(self, text: str) -> Colleague | Reason:
        pks = self._by_word.get(text.strip().casefold(), set())
        people = sorted((self.people[pk] for pk in pks), key=lambda one: one.pk)
        allowed = [one for one in people if not one.refusal]
        if len(allowed) > 1:
            named = "、".join(f"{one.name}（{one.sign_in}）" for one in allowed)
            return Reason("owner_ambiguous", {"name": text[:60], "who": named, "text": text})
        if allowed:
            return allowed[0]
        if people:
            return Reason(people[0].refusal, {"name": people[0].name, "text": text})
        return Reason("owner_unknown", {"name": text[:60], "text": text})

    def practice(self, unit: int, *, held: str = "") -> Practice:
        """The playbook and the calendar a unit works by; for what is `held` by another playbook still, that one."""
        key = unit, held
        if key not in self._current:
            found = self._practices.of(self.units[unit], held=held)
            if self._known.get(key) != found:
                self._known[key] = found
                self._kept.append(found)  # dates are kept by the practice itself, so each has to stay itself
            self._current[key] = self._known[key]
        return self._current[key]
