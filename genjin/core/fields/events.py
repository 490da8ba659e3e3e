"""What happened to the definitions, told to other apps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchedFieldsChanged:
    """By which fields of a subject rows are to be found is another set now."""

    subject: str
