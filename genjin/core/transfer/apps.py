from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "genjin.core.transfer"
