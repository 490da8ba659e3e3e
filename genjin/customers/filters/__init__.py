"""What a list of customers is asked for: conditions in groups, shipped views, orders.

Everything stands in the query string, so that a list can be sent to a colleague, who sees of it what is theirs. `tree`
is the form of conditions and how they are written, `kinds` turns one into a database condition, `catalogue` names the
fields, `asked` reads an address. What an address says that makes no sense is left out and said, never an error.
"""

from genjin.customers.filters.asked import (
    ORDERS,
    RECKONED,
    SHORT,
    Asked,
    in_view,
    narrowed,
    order_of,
    read,
    understood,
    written,
)
from genjin.customers.filters.catalogue import FIELDS, PLACES, STATES, Field, entry_conditions
from genjin.customers.filters.custom import definition_named, field_named, fields_to_ask, known
from genjin.customers.filters.kinds import WITHOUT_VALUE
from genjin.customers.filters.tree import MOST, Condition, Group, Where

__all__ = [
    "FIELDS",
    "MOST",
    "ORDERS",
    "PLACES",
    "RECKONED",
    "SHORT",
    "STATES",
    "WITHOUT_VALUE",
    "Asked",
    "Condition",
    "Field",
    "Group",
    "Where",
    "definition_named",
    "entry_conditions",
    "field_named",
    "fields_to_ask",
    "in_view",
    "known",
    "narrowed",
    "order_of",
    "read",
    "understood",
    "written",
]  # fmt: skip
