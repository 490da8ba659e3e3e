"""For mypy: who asks is a Person. LoginRequiredMiddleware lets nobody else through to a view.

django-stubs gives `request.user` the type "Person or AnonymousUser", right for Django at large. The few views that are
open without signing in ask `is_authenticated`, which a Person answers too.
"""

from collections.abc import Callable

from mypy.plugin import AttributeContext, Plugin
from mypy.types import Instance, Type

PERSON = "genjin.organization.models.Person"


class SignedIn(Plugin):
    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return self._person if fullname == "django.http.request.HttpRequest.user" else None

    def _person(self, context: AttributeContext) -> Type:
        found = self.lookup_fully_qualified(PERSON)
        return Instance(found.node, []) if found and found.node else context.default_attr_type


def plugin(version: str) -> type[Plugin]:
    return SignedIn
