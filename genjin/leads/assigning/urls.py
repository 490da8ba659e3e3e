"""The addresses of queues and assignment rules."""

from django.urls import path

from genjin.leads.views import queues, rules

urlpatterns = [
    path("settings/queues/", queues.queue_list, name="queue_list"),
    path("settings/queues/<int:pk>/", queues.queue_change, name="queue_change"),
    path("settings/queues/<int:pk>/close/", queues.queue_close, name="queue_close"),
    path("settings/lead-rules/", rules.rule_list, name="rule_list"),
    path("settings/lead-rules/<int:unit>/", rules.rule_list, name="rules_of_unit"),
    path("settings/lead-rules/<int:unit>/new/", rules.rule_edit, name="rule_new"),
    path("settings/lead-rules/<int:unit>/try/", rules.rules_try, name="rules_try"),
    path("settings/lead-rules/<int:unit>/parent/", rules.rules_follow, name="rules_follow"),
    path("settings/lead-rules/<int:unit>/versions/<int:version>/", rules.rules_return, name="rules_return"),
    path("settings/lead-rules/<int:unit>/<int:key>/", rules.rule_edit, name="rule_edit"),
    path("settings/lead-rules/<int:unit>/<int:key>/switch/", rules.rule_switch, name="rule_switch"),
    path("settings/lead-rules/<int:unit>/<int:key>/remove/", rules.rule_remove, name="rule_remove"),
    path("settings/lead-rules/<int:unit>/<int:key>/up/", rules.rule_move, {"way": "up"}, name="rule_up"),
    path("settings/lead-rules/<int:unit>/<int:key>/down/", rules.rule_move, {"way": "down"}, name="rule_down"),
]
