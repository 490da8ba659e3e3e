"""The addresses of automatic replies."""

from django.urls import path

from genjin.leads.views import replies, unwanted

urlpatterns = [
    path("r/<uuid:token>/", unwanted.reply_unwanted, name="reply_unwanted"),
    path("settings/replies/", replies.reply_list, name="reply_list"),
    path("settings/replies/new/", replies.reply_rule_new, name="reply_rule_new"),
    path("settings/replies/sms/", replies.sms_gateway, name="sms_gateway"),
    path("settings/replies/<int:pk>/", replies.reply_rule_change, name="reply_rule_change"),
]
