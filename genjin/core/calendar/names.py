"""The names of the public holidays that are published: as they stand in the table, and in the reader's language."""

from django.utils.translation import gettext_lazy as _

PUBLISHED = {
    "元旦": _("New Year's Day"),
    "春节": _("Spring Festival"),
    "清明": _("Tomb-Sweeping Day"),
    "劳动节": _("Labour Day"),
    "端午": _("Dragon Boat Festival"),
    "中秋": _("Mid-Autumn Festival"),
    "国庆节": _("National Day"),
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": _("70th Anniversary of Victory"),
}


def called(name: str) -> str:
    """The name of a day for its reader; one that somebody typed is called as it was typed."""
    return str(PUBLISHED.get(name, name))
