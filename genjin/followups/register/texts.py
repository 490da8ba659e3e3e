"""What is said to the customers of a class as long as the person wrote nothing of their own: the playbook's words."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from genjin.playbooks.variant import CustomerClass

# For a class that has no words of its own (ours).
OTHERS = _("{name}, a good weekend to you. If there is anything I can look up for you, a word is enough.")


def text_for(cls: CustomerClass) -> str:
    return cls.weekend.in_language(get_language()) if cls.weekend else str(OTHERS)
