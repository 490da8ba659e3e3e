"""The tables of this room: what was counted on a day. Everything else is read where it stands."""

from genjin.insights.quality.models import QualityDay

__all__ = ["QualityDay"]
