"""What this app plugs into web: its place. It reads what the others write and changes nothing of theirs."""

from django.utils.translation import gettext_lazy as _

from genjin.core import permissions
from genjin.core.transfer import exports
from genjin.insights import wording  # noqa: F401  registers the sentences
from genjin.insights.exporting import KIND
from genjin.web import navigation

permissions.declare(
    {"insights.see_board": {"owner", "manager", "reader"}, "insights.count_quality": {"owner", "manager"}}
)
exports.register(KIND)
navigation.register(
    navigation.Place(
        name="insights",
        title=_("Insights"),
        url_name="insights",
        icon="chart",
        order=70,
        permission="insights.see_board",
        key="i",
    )
)
