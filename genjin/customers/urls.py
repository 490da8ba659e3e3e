"""The addresses of customers, the pool and the source channels."""

from django.urls import path

from genjin.customers.views import bulk, file, lists, new, ownership, pool, record, sources, standing

urlpatterns = [
    path("customers/", lists.customers, name="customers"),
    path("customers/conditions/", lists.choose_conditions, name="customer_conditions"),
    path("customers/new/", new.customer_new, name="customer_new"),
    path("customers/duplicates/", new.duplicates, name="duplicates"),
    path("customers/assign/", bulk.bulk_assign, name="bulk_assign"),
    path("customers/deal-out/", bulk.bulk_deal, name="bulk_deal"),
    path("customers/release/", bulk.bulk_release, name="bulk_release"),
    path("customers/claim/", bulk.bulk_claim, name="bulk_claim"),
    path("customers/undo/<int:entry>/", standing.customer_undo, name="customer_undo"),
    path("customers/<int:pk>/", record.customer, name="customer"),
    path("customers/<int:pk>/timeline/", record.customer_timeline, name="customer_timeline"),
    path("customers/<int:pk>/duplicates/", record.customer_duplicates, name="customer_duplicates"),
    path("customers/<int:pk>/file/", file.customer_file, name="customer_file"),
    path("customers/<int:pk>/profile/", file.customer_profile, name="customer_profile"),
    path("customers/<int:pk>/contacts/new/", file.contact_new, name="contact_new"),
    path("customers/<int:pk>/contacts/<int:contact>/", file.contact_edit, name="contact_edit"),
    path("customers/<int:pk>/contacts/<int:contact>/remove/", file.contact_remove, name="contact_remove"),
    path("customers/<int:pk>/plan/", standing.customer_plan, name="customer_plan"),
    path("customers/<int:pk>/class/", standing.customer_class, name="customer_class"),
    path("customers/<int:pk>/confirm/", standing.customer_confirm, name="customer_confirm"),
    path("customers/<int:pk>/close/", standing.customer_close, name="customer_close"),
    path("customers/<int:pk>/reopen/", standing.customer_reopen, name="customer_reopen"),
    path("customers/<int:pk>/assign/", ownership.customer_assign, name="customer_assign"),
    path("customers/<int:pk>/claim/", ownership.customer_claim, name="customer_claim"),
    path("customers/<int:pk>/release/", ownership.customer_release, name="customer_release"),
    path("customers/<int:pk>/lend/", ownership.customer_lend, name="customer_lend"),
    path("customers/<int:pk>/lendings/<int:lending>/end/", ownership.lending_end, name="lending_end"),
    path("pool/", pool.pool, name="pool"),
    path("settings/sources/", sources.sources, name="sources"),
    path("settings/sources/<int:pk>/", sources.source_rename, name="source_rename"),
]
