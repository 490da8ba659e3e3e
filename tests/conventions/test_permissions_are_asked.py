"""A verb that is declared is asked somewhere, and one that is asked is declared."""

import ast

from genjin.core import permissions
from tests.conventions.source import called, nodes, python_files, short, template_files, text, texts

ASKING = {"require", "may", "require_for"}


def asked_by_name() -> dict[str, str]:
    """Verbs given as literals to `require`, `may`, or as `permission=`, with one file that does."""
    found = {}
    for path in python_files():
        for call in nodes(path, ast.Call):
            given = [text(argument) for argument in call.args] if called(call) in ASKING else []
            given += [text(word.value) for word in call.keywords if word.arg == "permission"]
            for verb in given:
                if verb and "." in verb:
                    found[verb] = short(path)
    return found


def test_what_is_asked_is_declared():
    assert {verb: where for verb, where in asked_by_name().items() if verb not in permissions.declared()} == {}


def test_what_is_declared_is_asked():
    said = texts()
    in_templates = "\n".join(path.read_text() for path in template_files())
    idle = {
        verb
        for verb in permissions.declared()
        if said.get(verb, set()) <= {f"{verb.split('.')[0]}/features.py", f"core/{verb.split('.')[0]}/features.py"}
        and f'"{verb}"' not in in_templates
        and verb not in asked_by_name()
    }
    assert idle == set()
