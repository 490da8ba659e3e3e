"""What this app plugs into core: permissions, navigation, search, panels."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from genjin.core import permissions, scoping
from genjin.core.fields import registry as described
from genjin.core.search import registry
from genjin.core.transfer import exports, kinds
from genjin.customers import hanging, history, playbook_effects, remarks, search, timeline
from genjin.customers import wording as customer_wording
from genjin.customers.bulk import renewing, suiting
from genjin.customers.bulk import wording as bulk_wording  # noqa: F401  registers its sentences
from genjin.customers.exporting import wording as export_wording  # noqa: F401  registers its sentences
from genjin.customers.exporting.kind import KIND as EXPORT_KIND
from genjin.customers.importing import contacts
from genjin.customers.importing import wording as import_wording  # noqa: F401  registers its sentences
from genjin.customers.importing.kind import KIND
from genjin.customers.merging import staying
from genjin.customers.models import (
    ClassMove,
    Collaboration,
    ContactPerson,
    Customer,
    ImportedChange,
    Merge,
    PeopleMerge,
    Phone,
    Profile,
    Remark,
    SuspectedPair,
)
from genjin.customers.pools.models import kept_apart
from genjin.customers.recycling import wording as recycling_wording  # noqa: F401  registers its sentences
from genjin.customers.rules import normalised_phone
from genjin.customers.services.identity import PROFILE
from genjin.organization import first_steps, holdings
from genjin.playbooks import under_way
from genjin.playbooks.editions import customers as of_playbooks
from genjin.playbooks.editions import effects as of_playbook_changes
from genjin.web import commands, navigation

registry.register(
    registry.Source(
        kind=search.KIND,
        title=_("Customers"),
        template="customers/_search_hit.html",
        documents=search.documents,
        answer=search.answer,
        order=10,
    )
)

scoping.keep_apart("pool", kept_apart)

described.register(described.Subject("customer", _("Customers"), Customer, as_phone=normalised_phone, order=10))
described.register(
    described.Subject("contact_person", _("Contact people"), ContactPerson, as_phone=normalised_phone, order=20)
)

of_playbooks.register(playbook_effects.standing_in)
of_playbook_changes.register(playbook_effects.effects)

permissions.declare(
    {
        "customers.work": {"owner", "manager", "seller", "service"},
        "customers.create": {"owner", "manager", "seller", "service"},
        "customers.assign": {"owner", "manager"},
        "customers.claim": {"owner", "manager", "seller"},
        "customers.release": {"owner", "manager", "seller"},
        "customers.keep": {"owner", "manager"},
        "customers.move_class": {"owner", "manager"},
        "customers.confirm": {"owner", "manager"},
        "customers.reopen": {"owner", "manager"},
        "customers.import": {"owner", "manager"},
        "customers.share_mapping": {"owner", "manager"},
        "customers.export": settings.EXPORT_ROLES,
        "customers.merge": {"owner", "manager", "seller"},
        "customers.search_duplicates": {"owner", "manager"},
        "customers.change_duplicate_rules": {"owner"},
        "customers.change_sources": {"owner", "manager"},
        "customers.change_pools": {"owner", "manager"},
        "customers.save_views": {"owner", "manager", "seller", "service", "reader"},
        "customers.share_views": {"owner", "manager"},
        "customers.share_views_with_all": {"owner"},
    }
)

navigation.register(
    navigation.Place("customers", _("Customers"), "customers", "users", order=20, key="c", on_phone=True)
)
navigation.register(navigation.Place("pool", _("Pool"), "pool", "pool", order=30, key="p", on_phone=True))
navigation.register(
    navigation.Place(
        "sources",
        _("Source channels"),
        "sources",
        "lead",
        order=60,
        permission="customers.change_sources",
        within="settings",
        summary=_("Where customers are found: the seven ways, and your own."),
    )
)
navigation.register(
    navigation.Place(
        "pools",
        _("Pools"),
        "pool_list",
        "pool",
        order=55,
        permission="customers.change_pools",
        within="settings",
        summary=_("Which pools there are, who sees them, and who deals out of them."),
    )
)
navigation.register(
    navigation.Place(
        "duplicate_rules",
        _("Duplicates"),
        "duplicate_rules",
        "users",
        order=57,
        permission="customers.change_duplicate_rules",
        within="settings",
        summary=_("From which chance on you are asked, and what is merged by itself."),
    )
)
commands.register(
    commands.Command("customer_new", _("New customer"), "customer_new", "plus", permission="customers.create")
)
commands.register(
    commands.Command("import", _("Import customers"), "import_customers", "upload", permission="customers.import")
)
commands.register(commands.Command("pairs", _("Possible duplicates"), "pair_list", "users"))
commands.register(commands.Command("merges", _("Merged customers"), "merge_list", "users"))
commands.register(commands.Command("bulk_runs", _("Done in bulk"), "bulk_run_list", "undo"))
commands.register(
    commands.Command("export", _("My exports"), "customer_exports", "download", permission="customers.export")
)
under_way.register(suiting.under_way)
under_way.register(renewing.under_way)
timeline.register_source(history.entries_for_timeline)
timeline.register_source(remarks.remarks_for_timeline)

holdings.register(
    holdings.Holding(
        "customers", _("Open customers"), lambda person: Customer.objects.owned_by(person).count(), order=10
    )
)

first_steps.register(
    first_steps.Step(
        "import_customers",
        _("Put your customers in"),
        _("A spreadsheet with names and phones is enough; the columns need no renaming."),
        _("Choose a file"),
        is_done=lambda: Customer.objects.exists(),
        order=40,
        permission="customers.import",
    )
)

kinds.register(KIND)
kinds.register(contacts.KIND)
exports.register(EXPORT_KIND)

# What an import makes, and what else is known of a customer: every change of it raises the customer's version.
hanging.register(hanging.Hanging(Phone, order=10, goes_along=True, stays=staying.phones, told=customer_wording.phones))
hanging.register(
    hanging.Hanging(ContactPerson, order=20, goes_along=True, stays=staying.people, told=customer_wording.people)
)
hanging.register(hanging.Hanging(Customer.tags.through, goes_along=True, stays=staying.tags))
hanging.register(hanging.Hanging(Remark, goes_along=True))
hanging.register(hanging.Hanging(ImportedChange))
hanging.register(hanging.Hanging(ClassMove))
hanging.register(hanging.Hanging(Profile, "has_profile", hanging.every_row, texts=PROFILE))
hanging.register(hanging.Hanging(Collaboration, "is_lent", hanging.every_row, goes_along=True, stays=staying.lendings))
hanging.register(
    hanging.Hanging(Customer, "has_referred_others", hanging.every_row, to="referred_by", goes=False, goes_along=True)
)
hanging.register(hanging.Hanging(Merge, "was_merged", hanging.every_row, to="kept"))
hanging.register(hanging.Hanging(Merge, "was_merged", hanging.every_row, to="absorbed"))
hanging.register(
    hanging.Hanging(PeopleMerge, "has_merged_people", hanging.every_row, goes_along=True, stays=staying.people_merges)
)
hanging.register(hanging.Hanging(SuspectedPair, to="one"))
hanging.register(hanging.Hanging(SuspectedPair, to="other"))
