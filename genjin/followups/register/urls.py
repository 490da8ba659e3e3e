"""The addresses of the register and of the weekend's messages."""

from django.urls import path

from genjin.followups.views import register, weekend

urlpatterns = [
    path("register/", register.own, name="register"),
    path("register/<int:pk>/", register.of_person, name="register_of"),
    path("register/customers/<int:pk>/", register.note, name="register_note"),
    path("weekend/", weekend.own, name="weekend"),
    path("weekend/list/", weekend.proposed, name="weekend_proposed"),
    path("weekend/sent/", weekend.sent, name="weekend_sent"),
    path("weekend/texts/", weekend.class_text, name="weekend_class_text"),
    path("weekend/<int:pk>/undo/", weekend.undone, name="weekend_undone"),
    path("weekend/<int:pk>/text/", weekend.text, name="weekend_text"),
]
