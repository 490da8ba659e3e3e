"""What this app plugs into core: permissions, navigation, search, panels."""

from genjin.core.transfer import kinds
from genjin.followups import importing

kinds.add_fields("customer", importing.ADDITION)
