"""Reading what rows are compared by from YAML, strictly."""

from typing import Any

import yaml

from genjin.core.likeness.rules import Scheme, Trait

KINDS = ("word", "number", "yes_no")


def read_scheme(text: str) -> Scheme:
    """Raises ValueError naming what makes no sense."""
    given: Any = yaml.safe_load(text)
    if not isinstance(given, dict) or set(given) != {"group", "traits"} or not isinstance(given["traits"], dict):
        raise ValueError("a scheme has `group` and `traits`, nothing else")
    traits = []
    for name, said in given["traits"].items():
        said = {"kind": said} if isinstance(said, str) else said
        if not isinstance(said, dict) or set(said) - {"kind", "is_known"} or said.get("kind") not in KINDS:
            raise ValueError(f"trait {name}: a kind of {', '.join(KINDS)}, and whether it is_known")
        if not isinstance(said.get("is_known", True), bool):
            raise ValueError(f"trait {name}: is_known is true or false")
        traits.append(Trait(str(name), said["kind"], said.get("is_known", True)))
    found = next((trait for trait in traits if trait.name == given["group"]), None)
    if found is None or not found.is_known:
        raise ValueError(f"group {given['group']}: one of the traits that are known")
    return Scheme(tuple(traits), found.name)
