"""How templates become Python here: sentences put in when a template is compiled, calls without detours.

A page makes some four hundred calls of macros and as many of `_`, `url` and the like. Jinja looks at each of them for
what it might be (does it want the context? which language is it now?); our templates are simpler than that, so what is
known beforehand is settled beforehand. There is one environment for each language.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import StringIO
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro, markup_join, missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

# Macros that read nothing but the plain values they are given, by template: their last answers are kept.
REMEMBERED = {
    "web/components.html": ("icon", "class_badge", "state", "tag", "kp", "avatar", "kbd", "dayline_small"),
    "followups/_rows.html": ("hours", "name", "badge", "badge_text"),
}
ANSWERS_KEPT = 2048


class QuickMacro(Macro):
    """A macro that is called as a plain function; whatever is not simple about a call is left to Jinja."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        absent = self._argument_count - len(args)
        if absent < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)
        if not kwargs:
            return Markup(self._func(*args, *(missing,) * absent))  # noqa: S704  macros escape what they are given
        rest = self.arguments[len(args) :]
        if not kwargs.keys() <= set(rest):
            return super().__call__(*args, **kwargs)
        return Markup(self._func(*args, *(kwargs.get(name, missing) for name in rest)))  # noqa: S704


def remembering(macro: Macro) -> Callable[..., Any]:
    """The macro with its last answers kept."""
    return lru_cache(ANSWERS_KEPT, typed=True)(macro)


class Settled(NodeTransformer):
    """Puts constants in the place of calls that always answer the same in one environment.

    `constants` maps a name to the function that answers it; a call is settled when all it is given is written in the
    template, and no part of the template gives the name another meaning.
    """

    def __init__(self, constants: dict[str, Callable[..., Any]], template: nodes.Template) -> None:
        own = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
        self.constants = {name: answer for name, answer in constants.items() if name not in own}

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        known = isinstance(node.node, nodes.Name) and node.node.name in self.constants
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if known and plain and all(isinstance(each, nodes.Const) for each in node.args):
            value = self.constants[node.node.name](*(each.value for each in node.args))  # type: ignore[attr-defined]
            return nodes.Const(value, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        """Here, since Jinja would forget which of the parts are marked as safe."""
        self.generic_visit(node)
        if all(isinstance(each, nodes.Const) for each in node.nodes):
            return nodes.Const(markup_join(each.value for each in node.nodes), lineno=node.lineno)  # type: ignore[attr-defined]
        return node


class Generator(CodeGenerator):
    """Writes a call as a call: nothing that templates call may ask for the context, `jinja.environment` sees to it."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        Settled(self.environment.constants, node).visit(node)  # type: ignore[attr-defined]
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        with self._aside() as given:
            self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(f"({given.getvalue().removeprefix(', ')})")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        with self._aside() as made:
            super().macro_def(macro_ref, frame)
        name = getattr(macro_ref.node, "name", "")
        quick = made.getvalue().replace("Macro(", "environment.macro(", 1)
        self.write(f"environment.remembering({quick})" if name in REMEMBERED.get(self.name or "", ()) else quick)

    @contextmanager
    def _aside(self) -> Iterator[StringIO]:
        """What is written meanwhile, to be written in another way."""
        stream, self.stream = self.stream, StringIO()
        try:
            yield self.stream
        finally:
            self.stream = stream
