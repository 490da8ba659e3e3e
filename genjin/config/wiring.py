"""Every reaction of one app to what happens in another: event → handlers, run in this order in one transaction."""

from typing import Any

from genjin.core.fields import events as fields_events
from genjin.customers import events as customers_events
from genjin.customers import handlers as customers
from genjin.followups import handlers as followups
from genjin.followups.proposals import handlers as proposals
from genjin.followups.tasks import handlers as tasks
from genjin.leads import events as leads_events
from genjin.leads import handlers as leads
from genjin.leads.replies import making as replies
from genjin.organization import events as organization_events
from genjin.playbooks import events as playbooks_events
from genjin.playbooks import handlers as playbooks

REACTIONS: dict[type, list[Any]] = {
    fields_events.SearchedFieldsChanged: [customers.follow_searched_fields],
    organization_events.UnitMade: [customers.make_pool, leads.make_queue],
    organization_events.UnitChanged: [customers.rename_pool, leads.rename_queue, playbooks.follow_new_parent],
    organization_events.PersonLeft: [
        customers.pass_on_customers,
        followups.pass_on_the_leavers_word,
        tasks.pass_on_the_leavers_tasks,
        leads.pass_on_leads,
    ],
    organization_events.PersonMoved: [customers.follow_owner, leads.follow_lead_owner],
    leads_events.LeadArrived: [replies.make_replies],
    organization_events.AbsenceChanged: [followups.plan_around_leave],
    playbooks_events.PlaybookAdopted: [customers.suit_units],
    playbooks_events.EditionTookEffect: [customers.renew_customers],
    customers_events.OwnershipChanged: [
        followups.pass_on_agreements,
        proposals.lapse_with_owner,
        tasks.pass_on_tasks,
    ],
    customers_events.HangingMoved: [
        followups.pass_on_agreements,
        followups.find_next_appointments,
        tasks.pass_on_tasks,
    ],
    customers_events.ClassesMoved: [proposals.lapse_with_class],
    customers_events.CustomersClosed: [followups.settle_agreements, proposals.lapse_with_closing, tasks.settle_tasks],
    customers_events.CustomersReopened: [followups.restore_agreements, tasks.restore_tasks],
    customers_events.TakenApart: [proposals.restore_after_merge],
}
