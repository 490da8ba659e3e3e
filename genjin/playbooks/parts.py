"""What the parts of a playbook's file are made of: codes, counts, days, and the rule that nothing unknown may stand."""

from typing import Annotated

import msgspec
from msgspec import Meta

Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_]+$", max_length=20)]
ClassCode = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]+$", max_length=4)]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Count = Annotated[int, Meta(ge=0)]
Days = Annotated[int, Meta(ge=1, le=366)]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the file. Nothing it does not name may stand in it."""
