"""What is said to the customers of a class as long as nobody wrote their own (ours)."""

from django.utils.translation import gettext_lazy as _

from genjin.playbooks.variant import CustomerClass

# By the look of the class on the ladder: what comes nearest to it.
TEXTS = {
    "1": _("{name}, a good weekend to you. Everything is ready here: it goes live the day the payment is in."),
    "2": _("{name}, a good weekend to you. If a line of the contract should change, tell me and I send it on Monday."),
    "3k": _("{name}, a good weekend to you. I went through our plan again and have two minutes' worth for Monday."),
    "4k": _("{name}, a good weekend to you. I put together what others in your trade do, and send it on Monday."),
}
OTHERS = _("{name}, a good weekend to you. If there is anything I can look up for you, a word is enough.")


def text_for(cls: CustomerClass) -> str:
    return str(TEXTS.get(cls.look, OTHERS))
