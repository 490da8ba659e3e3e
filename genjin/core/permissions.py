"""Verbs and the roles that may use them. Each app declares its own in `features.py`."""

from collections.abc import Iterable

from genjin.core.reasons import NotPermitted
from genjin.core.scoping import Actor

_roles: dict[str, frozenset[str]] = {}


def declare(permissions: dict[str, Iterable[str]]) -> None:
    """Name verbs and the roles that have them. Declaring one twice with other roles is a programming error."""
    for verb, roles in permissions.items():
        given = frozenset(roles)
        if _roles.setdefault(verb, given) != given:
            raise ValueError(f"permission {verb} is declared twice")


def roles_of(verb: str) -> frozenset[str]:
    """The roles that have a verb; an undeclared verb is a KeyError, never a silent no."""
    return _roles[verb]


def declared() -> dict[str, frozenset[str]]:
    return dict(_roles)


def require(actor: Actor, verb: str) -> None:
    """Raise NotPermitted unless the actor's role has the verb."""
    if not actor.may(verb):
        raise NotPermitted("role_lacks_permission", verb=verb)
