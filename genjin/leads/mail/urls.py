"""The addresses of mailboxes."""

from django.urls import path

from genjin.leads.views import mailboxes

urlpatterns = [
    path("settings/mailboxes/", mailboxes.mailbox_list, name="mailbox_list"),
    path("settings/mailboxes/new/", mailboxes.mailbox_new, name="mailbox_new"),
    path("settings/mailboxes/<int:pk>/", mailboxes.mailbox_change, name="mailbox_change"),
    path("settings/mailboxes/<int:pk>/read/", mailboxes.mailbox_read, name="mailbox_read"),
]
