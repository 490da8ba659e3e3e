"""A pass over a file whose rows may mean customers that are there: those are updated, the others made or skipped."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from genjin.core.reasons import Reason
from genjin.core.transfer.kinds import CellWrong, Judged, Problem, Row
from genjin.core.transfer.models import ImportRun
from genjin.core.transfer.runs import as_problem
from genjin.customers.importing.fields import EXTERNAL_ID, NAME, PHONES
from genjin.customers.importing.importer import CustomerImporter
from genjin.customers.importing.rows import NewCustomer
from genjin.customers.importing.updating.applying import Applier, Change
from genjin.customers.importing.updating.choices import BY_EXTERNAL_ID, BY_PHONE, LEAVE, UPDATE_ONLY, choices_in
from genjin.customers.importing.updating.finding import (
    FIELD_OF_KEY,
    Known,
    Rights,
    key_missing,
    look_up,
    plain,
    plain_city,
)
from genjin.customers.importing.updating.given import Given, read_given
from genjin.customers.importing.updating.memory import Memory, repeated_keys
from genjin.customers.importing.updating.target import Target, load, to_be_made
from genjin.customers.importing.updating.writing import ChangeWriter
from genjin.customers.importing.writing import hold_owners
from genjin.customers.models import Customer, SourceChannel

EXAMPLES = 30


class UpdatingImporter(CustomerImporter):
    """See `core.transfer.kinds.Importer`. A row sees what the rows above it have made and changed."""

    judges_ahead = False  # a batch is judged by what the one before it has written

    def __init__(self, run: ImportRun, *, at: datetime, for_real: bool) -> None:
        super().__init__(run, at=at, for_real=for_real)
        self.chosen = choices_in(run.options)
        self.applier = Applier(
            self.chosen, self.reader, by=run.by, today=self.today, stem=self.reader.choices.file_stem
        )
        self.rights = Rights(run, self.today)
        self.change_writer = ChangeWriter(self.writer, run=run, at=at)
        self.sources = dict(SourceChannel.objects.values_list("pk", "name"))
        self.maker = self.reader.apart()
        self.memory = Memory(None if for_real else repeated_keys(run, self._tokens_in))
        self.changed_fields: Counter[str] = Counter()
        self.examples: list[dict[str, Any]] = []

    def judge(self, rows: Sequence[Row]) -> Judged:
        if self.for_real:
            self.directory.refresh_when_old()
            self.sources = dict(SourceChannel.objects.values_list("pk", "name"))
            self.memory.forget_made()
        batch = _Batch(self, rows)
        batch.make_new()
        batch.update_known()
        if not self.for_real:
            self.tally.count(batch.items, batch.judged.problems)
            self._remember_examples(batch.changes)
        batch.judged.items = [*batch.items, *batch.changes]
        batch.judged.updated, batch.judged.unchanged = len(batch.changes), batch.unchanged
        return batch.judged

    def still_holds(self, items: Sequence[Any]) -> bool:
        """Beside what holds for new customers: nobody has changed one of those that are updated."""
        tokens = [token for item in items for token in (*item.all_phones, item.external_id) if token]
        if not (self.nobody_stored(tokens) and hold_owners({item.owner.pk for item in items if item.owner})):
            return False
        judged: dict[int, int] = {}
        for item in items:
            if isinstance(item, Change) and item.target.customer.pk is not None:
                judged.setdefault(item.target.customer.pk, item.version - 1)
        rows = Customer.objects.filter(pk__in=judged).order_by("pk").select_for_update()
        return dict(rows.values_list("pk", "version")) == judged

    def write(self, items: Sequence[Any]) -> None:
        new = [item for item in items if isinstance(item, NewCustomer)]
        keys = self.writer.write(self.writer.make_ready(new))
        made = {id(item): key for item, key in zip(new, keys, strict=True)}
        self.change_writer.write([item for item in items if isinstance(item, Change)], made)
        self.stored_by_itself()

    def findings(self) -> dict[str, Any]:
        return {**super().findings(), "changes": {"fields": dict(self.changed_fields), "examples": self.examples}}

    def tokens(self, given: Given) -> list[str]:
        """The row's values of the business key, written so that equal ones are equal."""
        if self.chosen.key == BY_PHONE:
            return given.all_phones
        if self.chosen.key == BY_EXTERNAL_ID:
            return [given.texts[EXTERNAL_ID]] if EXTERNAL_ID in given.texts else []
        if NAME not in given.texts:
            return []
        return [f"{plain(given.texts[NAME])} {plain_city(given.texts.get('city', ''))}"]

    def _tokens_in(self, row: Row) -> list[str]:
        try:
            return self.tokens(read_given(self.maker, row, self.today))
        except CellWrong:
            return []

    def _remember_examples(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self.changed_fields.update(list(change.after))
            if "due_on" in change.after:
                row = change.target.customer
                self.tally.count_change(row.owner_id, row.due_on, row.planned_on)
            if len(self.examples) < EXAMPLES:
                told = {name: [change.before[name], change.after[name]] for name in change.after}
                if change.adds_people:
                    told["contact_person"] = [None, "、".join(one.name for one in change.adds_people)]
                told |= {
                    name: [(there or {}).get(name), value]
                    for _addition, there, record in change.additions
                    for name, value in record.items()
                    if (there or {}).get(name) != value
                }
                customer = change.target.customer
                self.examples.append(
                    {"row": change.row.number, "customer": customer.pk, "name": customer.name, "changes": told}
                )


class _Batch:
    """Some rows on their way: read, divided into those that mean somebody and those that are new."""

    def __init__(self, importer: UpdatingImporter, rows: Sequence[Row]) -> None:
        self.importer, self.judged = importer, Judged()
        self.items: list[NewCustomer] = []
        self.changes: list[Change] = []
        self.unchanged = 0
        self.given: list[Given] = []
        for row in rows:
            try:
                self.given.append(read_given(importer.reader, row, importer.today))
            except CellWrong as wrong:
                self._wrong(row, wrong)
        key = importer.chosen.key
        self.known: Known = look_up(self.given, key)
        self.matches = [self.known.matches(key, one) for one in self.given]
        meant = {pk for found in self.matches if len(found) == 1 for pk in found}
        additions, columns = importer.reader.additions, importer.reader.has
        has_people = bool(importer.reader.people or importer.reader.named_in_parts)
        self.targets = load(
            meant, additions=additions, columns=columns, has_people=has_people, sources=importer.sources
        )
        for pk, target in self.targets.items():
            importer.memory.bring_up_to_date(pk, target)
        self.lent = importer.rights.lent(list(self.targets))
        self.taken: dict[str, tuple[Target, int]] = {}

    def make_new(self) -> None:
        """Make those that nobody is; of several rows with one key the first that can be made, for the next to meet."""
        waiting = [one for one, found in zip(self.given, self.matches, strict=True) if not found]
        while waiting:
            first: list[Given] = []
            later: list[Given] = []
            seen: set[str] = set()
            for one in waiting:
                tokens = self.importer.tokens(one)
                if self._is_skipped(one, tokens):
                    continue
                if self.importer.memory.made(tokens) is not None:
                    continue  # met in its turn, when the known ones are updated
                (later if seen.intersection(tokens) else first).append(one)
                seen.update(tokens)
            self._make(first)
            waiting = later

    def _is_skipped(self, one: Given, tokens: Sequence[str]) -> bool:
        """Where nobody new is wanted, a row that means nobody is left out."""
        importer = self.importer
        if importer.chosen.mode != UPDATE_ONLY:
            return False
        if not tokens:
            self._wrong(one.row, key_missing(importer.chosen.key))
        elif importer.memory.made(tokens) is None:
            self._skip(one, Reason("nobody_there"))
        else:
            return False
        return True

    def _make(self, given: Sequence[Given]) -> None:
        importer, read = self.importer, []
        for one in given:
            try:
                read.append(importer.maker.read(one.row, importer.today))
            except CellWrong as wrong:
                self._wrong(one.row, *(importer.maker.wrongs(one.row, importer.today) or [wrong]))
        placed = Judged(*importer.duplicates.divide(read))
        importer.place(placed)
        self.judged.problems += placed.problems
        self.items += placed.items
        of_row = {id(one.row): one for one in given}
        for item in placed.items:
            importer.memory.remember_made(importer.tokens(of_row[id(item.row)]), to_be_made(item, importer.today))

    def update_known(self) -> None:
        """The rows that mean somebody, in the order of the file."""
        refused = {problem.row.number for problem in self.judged.problems}
        new = {id(item.row) for item in self.items}
        for one, found in zip(self.given, self.matches, strict=True):
            if id(one.row) in new or one.row.number in refused:
                continue
            try:
                self._update(one, found)
            except CellWrong as wrong:
                self._wrong(one.row, wrong)

    def _update(self, one: Given, found: set[int]) -> None:
        importer = self.importer
        field = FIELD_OF_KEY[importer.chosen.key]
        if len(found) > 1:
            raise CellWrong(field, importer.rights.several(Customer.objects.in_bulk(found)))
        made = importer.memory.made(importer.tokens(one))
        target = self.targets[next(iter(found))] if found else made
        if target is None:
            return
        customer = target.customer
        if target.item is None:
            takes_over = one.owner is not None and importer.chosen.rule("owner") != LEAVE
            refusal = importer.rights.refusal(customer, lent=customer.pk in self.lent, takes_over=takes_over)
            if refusal is not None:
                self._skip(one, refusal)
                return
        self._refuse_what_others_have(one, target)
        change = importer.applier.apply(target, one)
        if change.is_empty:
            self.unchanged += 1
            return
        target.customer.version += 1
        change.version = target.customer.version
        importer.memory.remember_changed(change)
        self.changes.append(change)

    def _refuse_what_others_have(self, one: Given, target: Target) -> None:
        """A phone or an id that would be written here and belongs to another customer is an error."""
        importer, pk = self.importer, target.customer.pk
        there = {*target.phones, *target.of_people, *(number for person in target.people for number in person.phones)}
        given = one.phones if importer.applier.may(PHONES, target.phones or target.of_people) else []
        if importer.chosen.rule("contact_phones") != LEAVE:
            given = [*given, *(number for contact in one.contacts for number in contact.phones)]
        for number in given:
            if number not in there:
                other = self.known.other_with_phone(number, pk)
                if other is not None:
                    raise CellWrong(PHONES, importer.duplicates.reason_of("same_phone", other))
                taken, row = self.taken.setdefault(number, (target, one.row.number))
                if taken is not target:
                    raise CellWrong(PHONES, Reason("same_phone_in_row", {"row": row}))
        external_id = one.texts.get(EXTERNAL_ID, "")
        if external_id != target.customer.external_id and importer.applier.may(
            EXTERNAL_ID, target.customer.external_id
        ):
            other = self.known.other_with_id(external_id, pk)
            if other is not None:
                raise CellWrong(EXTERNAL_ID, importer.duplicates.reason_of("same_id", other))

    def _wrong(self, row: Row, *wrongs: CellWrong) -> None:
        self.judged.problems.append(as_problem(row, self.importer.run, *wrongs))

    def _skip(self, one: Given, reason: Reason) -> None:
        title = self.importer.title(FIELD_OF_KEY[self.importer.chosen.key])
        self.judged.problems.append(Problem(one.row, title, reason, is_skip=True))
