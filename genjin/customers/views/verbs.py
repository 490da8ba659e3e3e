"""One form for one verb: shown in the drawer or on a page of its own, refused in place, told in a toast when done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from genjin.core.reasons import NotPermitted, Refused
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word

PAGE, FRAGMENT = "customers/verb_form.html", "customers/_verb_form.html"


@dataclass(frozen=True, slots=True)
class Asking:
    """What the form says: `lines` above it, `submit` on its button, `back` is where one came from. `previews`: whether
    it can be shown what would happen, which is `forecast`. `place`: where in the rail its own page stands."""

    title: Any
    submit: Any
    back: str
    lines: Sequence[Any] = ()
    is_danger: bool = False
    ladder: Any = None
    hidden: Sequence[tuple[str, Any]] = ()
    previews: bool = False
    forecast: Any = None
    place: str = "customers"


@dataclass(frozen=True, slots=True)
class Done:
    """What the toast says, and the address whose POST takes it back."""

    sentence: str
    undo: str = ""


def show(request: HttpRequest, form: Form, asking: Asking, *, status: int = 200) -> HttpResponse:
    for bound in form.visible_fields()[:1]:
        bound.field.widget.attrs["autofocus"] = True
    return respond(request, PAGE, {"form": form, "asking": asking}, fragment=FRAGMENT, status=status)


def answer(
    request: HttpRequest, form: Form, asking: Asking, act: Callable[[dict[str, Any]], Done], *, to: str = ""
) -> HttpResponse:
    """GET shows the form; POST does it and goes back, or shows why not with nothing typed lost."""
    if request.method != "POST":
        return show(request, form, asking)
    if form.is_valid():
        try:
            done = act(form.cleaned_data)
        except NotPermitted:
            raise
        except Refused as refused:
            form.add_error(None, word(refused))
        else:
            say(request, done.sentence, undo=done.undo)
            return redirect_to(request, to or asking.back)
    return show(request, form, asking, status=422)
