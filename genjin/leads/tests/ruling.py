"""Rules as tests write them."""

from genjin.leads.assigning.document import Condition, Rule, Share, Target
from genjin.leads.assigning.services import newest_of, save_rule


def among(*people, way="turn", name="轮流", where=(), **more):
    """A rule that is on, for these people; a number stands for a colleague's key, a pair for key and weight."""
    shares = tuple(
        Share(each[0].pk, each[1]) if isinstance(each, tuple) else Share(getattr(each, "pk", each)) for each in people
    )
    return Rule(0, name, Target("people", shares=shares, way=way), _conditions(where), **{"is_on": True, **more})


def into(queue, name="进队列", where=(), **more):
    return Rule(0, name, Target("queue", queue=queue.pk), _conditions(where), **{"is_on": True, **more})


def team(unit, name="整队", where=(), **more):
    return Rule(0, name, Target("unit", unit=unit.pk), _conditions(where), **{"is_on": True, **more})


def made(unit, *rules, by, at):
    """Each rule saved in turn; the version that holds then."""
    version = newest_of(unit.pk)
    for rule in rules:
        number = version.number if version else 0
        version = save_rule(unit=unit, rule=rule, number=number, by=by, at=at)
    return version


def _conditions(where):
    return tuple(Condition(field, operator, tuple(values)) for field, operator, *values in where)
