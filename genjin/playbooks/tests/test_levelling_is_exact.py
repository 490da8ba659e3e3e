"""Small floors against an exact solver: nobody who could have a day is left without, and the urgent wait least."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from genjin.playbooks.rules import Standing, level, order_of_urgency
from genjin.playbooks.schema import shipped

TELESALES = shipped()["telesales"].resolved()
TODAY = date(2026, 11, 24)
CODES = [cls.code for cls in TELESALES.classes if not cls.is_queue]


def on(nth):
    return TODAY + timedelta(days=nth)


@st.composite
def floors(draw, *, most):
    """Customers in time on five days, more of them than there are slots about every second time."""
    room = {on(nth): draw(st.integers(0, 6)) for nth in range(5)}
    customers = []
    for nth in range(draw(st.integers(1, most))):
        planned = draw(st.integers(0, 4))
        due = draw(st.integers(planned, 4))
        customers.append(Standing(nth, draw(st.sampled_from(CODES)), on(planned), on(due)))
    return sorted(customers, key=order_of_urgency(TELESALES)), room


class Exact:
    """The floor as an integer program: a variable for each customer and day."""

    def __init__(self, customers, room):
        self.model = cp_model.CpModel()
        self.takes = [
            {day: self.model.new_bool_var("") for day in room if each.planned_on <= day <= each.due_on}
            for each in customers
        ]
        for days in self.takes:
            self.model.add(sum(days.values()) <= 1)
        for day, slots in room.items():
            self.model.add(sum(days[day] for days in self.takes if day in days) <= slots)

    def most(self, terms):
        """The greatest value that the sum can have; it is held from here on."""
        self.model.maximize(terms)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(self.model) == cp_model.OPTIMAL
        found = round(solver.objective_value)
        self.model.add(terms == found)
        return found


@settings(deadline=None, max_examples=60)
@given(floors(most=30))
def test_as_many_as_possible_get_a_day_the_more_urgent_first(floor):
    customers, room = floor
    levelled = level(TELESALES, customers, room, today=TODAY)
    weights = [2 ** (len(customers) - nth) for nth in range(len(customers))]
    exact = Exact(customers, room)
    best = exact.most(sum(w * sum(days.values()) for w, days in zip(weights, exact.takes, strict=True)))
    ours = sum(weight for weight, each in zip(weights, customers, strict=True) if each.customer in levelled.days)
    assert ours == best
    count = Exact(customers, room)
    assert len(levelled.days) == count.most(sum(sum(days.values()) for days in count.takes))


@settings(deadline=None, max_examples=25)
@given(floors(most=12))
def test_each_in_order_of_urgency_waits_as_little_as_the_others_days_allow(floor):
    customers, room = floor
    levelled = level(TELESALES, customers, room, today=TODAY)
    exact = Exact(customers, room)
    for each, days in zip(customers, exact.takes, strict=True):
        exact.model.add(sum(days.values()) == (each.customer in levelled.days))
    for each, days in zip(customers, exact.takes, strict=True):
        if each.customer in levelled.days:
            waits = -exact.most(sum(-(day - TODAY).days * taken for day, taken in days.items()))
            assert levelled.days[each.customer] == on(waits)
