"""A view reaches scoped rows through `visible_to` only: the one door that lists, single rows and choices share."""

import ast
from pathlib import Path

from django.apps import apps

from tests.conventions.source import nodes, python_files, short

SHORTCUTS = {"get_object_or_404", "get_list_or_404"}

# What a view reads past the door, as "file: expression", each with its reason. One that is no longer there fails.
_BELONGS = "asked only of the list's own rows, by OuterRef: the customers came through the door"
EXEMPT: dict[str, str] = {
    "customers/filters/catalogue.py: ContactPerson.objects.filter": _BELONGS,
    "customers/filters/catalogue.py: ContactPerson.objects.all": _BELONGS,
    "customers/filters/custom.py: ContactPerson.objects.filter": _BELONGS,
}


def scoped_models() -> set[str]:
    """The models whose rows are somebody's: those with `visible_to`."""
    return {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("genjin.") and hasattr(model._default_manager, "visible_to")
    }


def view_files() -> list[Path]:
    places = {"views", "forms", "filters"}
    return [path for path in python_files() if places & {path.stem, *path.parts}]


def reads_past_the_door() -> set[str]:
    scoped, found = scoped_models(), set()
    for path in view_files():
        for node in nodes(path, ast.Attribute):
            manager = node.value
            if not (isinstance(manager, ast.Attribute) and manager.attr in ("objects", "_default_manager")):
                continue
            if isinstance(manager.value, ast.Name) and manager.value.id in scoped and node.attr != "visible_to":
                found.add(f"{short(path)}: {manager.value.id}.objects.{node.attr}")
        for call in nodes(path, ast.Call):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            first = call.args[0] if call.args else None
            if name in SHORTCUTS and isinstance(first, ast.Name) and first.id in scoped:
                found.add(f"{short(path)}: {name}({first.id})")
    return found


def test_the_models_that_matter_are_scoped():
    assert {"Customer", "ContactPerson", "Touch", "Appointment", "Promise", "Unit", "Person"} <= scoped_models()


def test_no_view_reads_past_the_door():
    assert reads_past_the_door() == set(EXEMPT)
