from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "genjin.core.jobs"
