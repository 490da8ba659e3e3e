"""The style guide shows every component; what is shown is escaped and labelled."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import get_template
from django.utils.translation import override

import genjin.web
from genjin.web.forms import Form
from genjin.web.jinja import environment

HERE = Path(genjin.web.__file__).parent
TEMPLATES = HERE / "templates" / "web"


@pytest.fixture(scope="module")
def ui():
    return get_template("web/components.html").template.module


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_style_guide_opens_in_both_languages(client_of, lin, language):
    lin.language = language
    lin.save(update_fields=["language"])
    page = client_of(lin).get("/settings/components/")
    assert page.status_code == 200
    assert ("组件" if language == "zh-hans" else "Components") in page.content.decode()


def test_every_component_is_shown_once_at_least():
    defined = set(re.findall(r"{% macro ([a-z]\w*)\(", (TEMPLATES / "components.html").read_text()))
    shown = "".join((TEMPLATES / name).read_text() for name in ("component_list.html", "base.html", "_rail.html"))
    built_in = (TEMPLATES / "components.html").read_text()
    astray = {name for name in defined if f"ui.{name}(" not in shown and f"{{{{ {name}(" not in built_in}
    assert astray == set()


def test_every_icon_that_is_asked_for_is_drawn():
    drawn = set(re.findall(r'symbol id="i-([\w-]+)"', (HERE / "static" / "genjin" / "icons.svg").read_text()))
    asked, begun = set(), set()
    for template in HERE.parent.rglob("templates/**/*.html"):
        asked |= set(re.findall(r'ui\.icon\("([\w-]+)"[^ ]', template.read_text()))
        begun |= set(re.findall(r'ui\.icon\("([\w-]+)" ~', template.read_text()))
    assert asked <= drawn
    assert {beginning for beginning in begun if not any(name.startswith(beginning) for name in drawn)} == set()


def test_light_and_dark_by_choice_are_those_of_the_system():
    tokens = (HERE / "static" / "genjin" / "css" / "tokens.css").read_text()
    by_system = tokens.split(':root:not([data-theme="light"]) {')[1].split("\n} }")[0]
    by_choice = tokens.split(':root[data-theme="dark"] { color-scheme: dark;')[1].split("\n}")[0]
    assert by_system.split() == by_choice.split()


def test_only_the_tokens_know_colours():
    for sheet in (HERE / "static" / "genjin" / "css").glob("*.css"):
        if sheet.name != "tokens.css":
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", sheet.read_text()) == [], sheet.name


@pytest.mark.parametrize(
    ("macro", "arguments"),
    [
        ("class_badge", ("3k", "<b>重3", '"><i>')),
        ("state", ("overdue", "<b>")),
        ("tag", ("<b>",)),
        ("why", ("<b>", "<b>")),
        ("why_pop", ("<b>", "<b>", [("<b>", "<b>")])),
        ("chip", ("n", '"><b>', "<b>")),
        ("input", ("<b>", "n", '"><b>')),
        ("textarea", ("<b>", "n", "</textarea><b>")),
        ("select", ("<b>", "n", [('"><b>', "<b>")])),
        ("toast", ("<b>", '"><b>')),
        ("filter_chip", ("<b>", "<b>", '"><b>')),
        ("button", ("<b>",)),
    ],
)
def test_what_people_typed_is_escaped(ui, macro, arguments):
    written = str(getattr(ui, macro)(*arguments))
    assert "<b>" not in written
    assert "<i>" not in written
    assert "&lt;b&gt;" in written


def test_attributes_are_escaped_and_may_be_left_out(ui):
    written = str(ui.button("x", attrs={"data-a": '"><b>', "disabled": True, "hidden": False, "title": None}))
    assert ' data-a="&#34;&gt;&lt;b&gt;" disabled>' in written or ' data-a="&quot;&gt;&lt;b&gt;" disabled>' in written


@pytest.mark.parametrize(
    ("held", "target", "limit", "kind"),
    [(163, None, 150, "over"), (150, None, 150, ""), (6, 15, None, "low"), (15, 15, None, ""), (40, 15, None, "")],
)
def test_stock_is_amber_below_a_target_and_red_above_a_limit(ui, held, target, limit, kind):
    assert re.findall(r"cap--(\w+)", str(ui.stock(held, target, limit))) == ([kind] if kind else [])


def test_the_day_line_says_its_figures_and_has_a_tick_for_each():
    with override("en"):
        written = str(get_template("web/components.html").template.module.dayline(list("eex"), 15, now=True))
    assert "2 effective, 1 not, 12 to do" in written
    assert written.count("<i") == 15


class Sample(Form):
    name = forms.CharField(label="<b>Name", max_length=3, help_text="Help")
    on = forms.DateField(label="Day", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "<b>A")], widget=forms.RadioSelect)
    source = forms.ChoiceField(label="Source", choices=[("a", "A")])
    memo = forms.CharField(label="Memo", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="Agreed", required=False)


def test_a_wrong_field_says_what_is_wrong_and_is_tied_to_it(ui):
    with override("zh-hans"):
        written = str(ui.field(Sample({"name": "四个字的"})["name"]))
    assert "最多 3 个字，现在有 4 个。" in written
    assert 'aria-invalid="true"' in written
    assert "input--bad" in written
    assert 'id="id_name_error"' in written
    assert "id_name_helptext" in written
    assert "maxlength" not in written


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("on", 'type="date"'),
        ("kind", 'class="chip"'),
        ("source", 'class="select"'),
        ("memo", "<textarea"),
        ("agreed", 'class="check"'),
    ],
)
def test_every_kind_of_field_has_its_face_and_label(ui, name, part):
    written = str(ui.field(Sample()[name]))
    assert part in written
    assert "<label" in written


def test_a_name_that_no_template_gives_is_an_error():
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        environment().from_string("{{ nobody }}").render()
