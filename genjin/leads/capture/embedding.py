"""What goes into another website: a frame that shows the form, or the form as plain HTML."""

from django.forms import BoundField
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from genjin.leads.capture.asking import TRAP, Answers
from genjin.leads.capture.models import CaptureForm

HEAD, LINE = 260, 92  # pixels of a form without fields, and of each field


def frame(form: CaptureForm, address: str) -> str:
    """High enough for all that the form asks."""
    height = HEAD + LINE * len(form.fields) + (LINE if form.consent else 0)
    code = '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>'
    return _text(format_html(code, address, form.title, height))


def plain_form(form: CaptureForm, address: str) -> str:
    """The form without any look of its own, with the field that people do not see."""
    with translation.override(form.language):
        answers = Answers(asked=form, auto_id=False)
        lines: list[str] = [format_html('<form method="post" action="{}" accept-charset="utf-8">', address)]
        for bound in answers:
            if bound.name == "consent":
                box = '  <p><label><input type="checkbox" name="consent" value="on" required> {}</label></p>'
                lines.append(format_html(box, form.consent))
            else:
                lines.append(format_html("  <p><label>{}<br>{}</label></p>", bound.label, _control(bound)))
        lines.append(format_html('  <p hidden><input name="{}" tabindex="-1" autocomplete="off"></p>', TRAP))
        send = translation.pgettext("a form of a stranger", "Send")
        lines += [format_html("  <p><button>{}</button></p>", send), "</form>"]
    return "\n".join(map(str, lines))


def _control(bound: BoundField) -> str:
    """A control on one line, without the classes of our own pages."""
    control = bound.as_widget(attrs={"class": False})
    return mark_safe(" ".join(control.split()))  # noqa: S308  Django wrote it, escaped


def _text(code: str) -> str:
    """Code as a text to be shown, which a page escapes."""
    return "".join(code)
