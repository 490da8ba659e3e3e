from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "genjin.core.calendar"
