"""What an import says of files, columns and rows."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genjin.customers.importing.updating.choices import KEYS
from genjin.playbooks.wording import class_words
from genjin.web.formats import moment
from genjin.web.wording import register, word

ENCODINGS = {
    "utf-8": "UTF-8",
    "gb18030": _("Chinese (GB18030)"),
    "big5": _("Traditional Chinese (Big5)"),
    "utf-16": "UTF-16",
    "cp1252": _("Western European (Latin-1)"),
}
FAMILY = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "latin-1": "cp1252"}


def _read_as(encoding: str) -> str:
    return gettext("Read as %(encoding)s. Look whether the names are right.") % {
        "encoding": ENCODINGS.get(FAMILY.get(encoding, encoding), encoding)
    }


def _same_phone_as(name: str, owner: str = "", in_pool: bool = False) -> str:
    if owner:
        return gettext("Same phone as “%(name)s” of %(owner)s") % {"name": name, "owner": owner}
    if in_pool:
        return gettext("Same phone as “%(name)s” in the pool") % {"name": name}
    return gettext("Same phone as “%(name)s”") % {"name": name}


def _same_id_as(name: str, owner: str = "", in_pool: bool = False) -> str:
    if owner:
        return gettext("Same id as “%(name)s” of %(owner)s") % {"name": name, "owner": owner}
    if in_pool:
        return gettext("Same id as “%(name)s” in the pool") % {"name": name}
    return gettext("Same id as “%(name)s”") % {"name": name}


def _same_phone_elsewhere(owner: str = "") -> str:
    if owner:
        return gettext("Same phone as a customer of %(owner)s") % {"owner": owner}
    return gettext("Same phone as a customer of another team")


def _same_id_elsewhere(owner: str = "") -> str:
    if owner:
        return gettext("Same id as a customer of %(owner)s") % {"owner": owner}
    return gettext("Same id as a customer of another team")


def _imported_before(by: str, at: str) -> str:
    on = moment(datetime.fromisoformat(at))
    return gettext("%(by)s imported this very file on %(on)s. Say that it is meant to be imported once more.") % {
        "by": by,
        "on": on,
    }


FILES = {
    "file_imported_before": _imported_before,
    "file_is_empty": _("The file is empty. Nothing was kept. Fill it and choose it again."),
    "file_has_header_only": _("The file has a header and no row below it. Nothing was kept."),
    "file_is_too_large": _("The file has %(megabytes)d MB, %(limit)d MB can be imported at once. Divide it."),
    "file_is_old_workbook": _("This is an old workbook (.xls) or one with a password. Save it as .xlsx or CSV."),
    "file_is_no_table": _("This file is no table. CSV and XLSX can be imported."),
    "file_is_a_web_page": _("This file is a web page, even if its name says otherwise. Open it and save it as XLSX."),
    "file_is_damaged": _("The workbook is damaged. Open it, save it anew and choose it again."),
    "file_is_gone": _("The file that was sent is gone. Choose it again."),
    "file_missing": _("Choose a file first."),
    "file_encoding_unknown": _("The file's characters cannot be read. Save it as “CSV UTF-8” or as XLSX."),
    "file_has_too_many_columns": _("The file has %(columns)d columns, %(limit)d can be read."),
    "file_row_unreadable": _("From row %(row)d on the file is no table any more; a quotation mark may be missing."),
    "file_quote_open": _(
        "In row %(row)d a quotation mark is opened and never closed: all rows below went into it. Close it or take it"
        " out, and choose the file again."
    ),
    "file_read_as": _read_as,
    "file_sheet_taken": _("Sheet “%(sheet)s” is imported; %(others)d other sheets are not."),
    "file_has_no_such_sheet": _("The workbook has no filled sheet “%(sheet)s”."),
    "workbook_has_too_many_rows": _("The sheet has more than %(limit)d rows. Save it as CSV, which has no such limit."),
    "workbook_is_too_large": _(
        "The workbook takes more memory than there is for one. Save the sheet as CSV and choose that."
    ),
    "file_has_no_card": _("The file has no card with a name, a phone or an e-mail."),
    "file_has_too_many_cards": _("The file has more than %(limit)d cards. Divide it."),
    "file_holds_orders": _(
        "These look like orders, one in each row: a customer with several orders comes once, the others are duplicates."
    ),
    "file_holds_orders_of_nobody": _(
        "These look like orders, and no column tells whose they are: without a name, a phone or a customer's id they"
        " cannot become customers. Amounts and times of orders have no place here. Export the list of buyers instead."
    ),
    "file_holds_opportunities": _(
        "These look like opportunities: the names are those of deals, not of customers. Import the list of accounts."
    ),
    "file_holds_opportunities_of_nobody": _(
        "These look like opportunities, and no column names the customer. Import the list of accounts."
    ),
    "file_line_too_long": _(
        "A line of the file has more than %(megabytes)d MB; this is no table. Save it anew as CSV."
    ),
    "file_had_nuls": _("%(count)d damaged signs (NUL) were taken out."),
    "file_two_headers": _("The header has two rows, up to row %(row)d."),
    "file_notes_above": _("The header is in row %(row)d; %(rows)d rows above it are not imported."),
    "file_header_spaces": _("Spaces around the column names do not matter: %(names)s"),
    "file_header_twice": _("“%(name)s” heads several columns; they are numbered here."),
}


def _several_customers(names: list[str], others: int) -> str:
    if not names:
        return gettext("Means %(count)d customers at once") % {"count": others}
    said = {"names": "、".join(f"“{name}”" for name in names), "others": others}
    if others:
        return gettext("Means several customers: %(names)s and %(others)d of colleagues") % said
    return gettext("Means several customers: %(names)s") % said


def _key_column_missing(key: str) -> str:
    return gettext("No column holds the %(key)s by which customers are told. Choose it, or tell them otherwise.") % {
        "key": dict(KEYS)[key]
    }


COLUMNS = {
    "column_same_name": _("same name"),
    "column_synonym": _("another name for it"),
    "column_looks": _("%(percent)d%% look like it"),
    "column_unknown": _("not recognised"),
    "column_as_saved": _("as in “%(name)s”"),
    "mapping_needs_a_name": _("Give the mapping a name."),
    "too_many_mappings": _("You have %(limit)d saved mappings. Delete one first."),
    "mapping_belongs_to_another": _("“%(name)s” was saved by somebody else, who can delete it."),
    "column_ours": _("was added by an error file"),
    "column_values_differ": _("the name fits, the values do not"),
    "column_empty": _("all empty"),
    "column_chosen": _("chosen by you"),
    "column_as_last_time": _("as last time"),
    "field_chosen_twice": _("“%(field)s” takes one column and was given several. Leave one."),
    "no_such_column": _("The file has no column “%(name)s”."),
    "contact_column_missing": _("No column holds the contact people's names. Choose it."),
    "customer_column_missing": _("No column tells the customer: by name, id or phone. Choose one."),
    "key_column_missing": _key_column_missing,
    "name_column_missing": _("No column holds the customer's name. Choose it, or take the row number as name."),
}

RUNS = {
    "import_has_begun": _("This import has begun; its columns stay as they are."),
    "import_is_not_checked": _("Look at the preview first."),
    "import_stopped": _("%(by)s stopped it. What is imported stays; it can be carried on."),
    "import_broke_off": _(
        "The import broke off. What is imported stays, nothing is half written. It can be carried on."
    ),
    "pool_outside_scope": _("This pool is not one of your units'."),
    "import_cannot_be_undone": _("There is nothing of this import to undo."),
    "undo_broke_off": _("Undoing broke off. Nothing is half undone; in a minute it goes on by itself."),
    "planned_by_file": _("%(on)s, as the imported file says"),
}


def _class_unknown(text: str, playbook: str, known: list[str]) -> str:
    classes = "、".join(class_words(playbook, code) for code in known)
    return gettext("There is no class “%(text)s”, only %(codes)s") % {"text": text, "codes": classes}


ROWS = {
    "row_is_total": _("A total of the rows above, no customer"),
    "row_has_more_cells": _("The row has %(cells)d cells, the header %(columns)d"),
    "name_missing": _("No customer name"),
    "text_too_long": _("%(length)d characters, %(limit)d fit"),
    "kind_unknown": _("“%(text)s” is neither company, household nor person"),
    "date_is_serial": _("%(text)s is a spreadsheet's serial number, probably %(meant)s"),
    "date_unreadable": _("“%(text)s” is no date; write it as 2026-11-30"),
    "date_impossible": _("There is no %(year)d-%(month)02d-%(day)02d"),
    "date_too_far": _("%(on)s lies too far away"),
    "contact_name_missing": _("No name of the contact person"),
    "customer_unknown": _("There is no customer “%(name)s” here"),
    "customer_not_named": _("No customer is named, and no customer has this phone"),
    "customer_ambiguous": _("%(count)d customers are called “%(name)s”; name the city or the id"),
    "same_person": _("%(name)s already has a contact person “%(person)s”"),
    "date_ambiguous": _("“%(text)s” can be two days; say in the preview which comes first, day or month"),
    "id_lost_digits": _("“%(text)s”: a spreadsheet has rounded the id"),
    "email_wrong": _("“%(text)s” is no e-mail address"),
    "key_person_unknown": _("“%(text)s” says neither yes nor no"),
    "date_in_future": _("%(on)s lies in the future and cannot have been"),
    "too_many_phones": _("%(count)d phones, %(limit)d fit"),
    "class_unknown": _class_unknown,
    "owner_unknown": _("Nobody is called “%(name)s”"),
    "owner_ambiguous": _("Several are called “%(name)s”: %(who)s. Write the sign-in"),
    "named_owner_has_left": _("%(name)s has left"),
    "owner_only_reads": _("%(name)s may only read and own no customer"),
    "owner_outside_scope": _("%(name)s does not belong to your units"),
    "several_customers": _several_customers,
    "belongs_to_colleague": _("Belongs to a colleague"),
    "lies_in_a_pool": _("“%(name)s” lies in a pool; claim it first, or let the owner column give it out"),
    "nobody_there": _("Nobody like this is there, and nobody new was wanted"),
    "key_is_missing": _("Empty: there is nothing to tell the customer by"),
    "owner_missing": _("No owner, and no pool was chosen"),
    "same_phone_in_row": _("Same phone as row %(row)d"),
    "same_phone_as": _same_phone_as,
    "same_phone_elsewhere": _same_phone_elsewhere,
    "same_id_in_row": _("Same id as row %(row)d"),
    "same_id_as": _same_id_as,
    "same_id_elsewhere": _same_id_elsewhere,
}

KEPT = {
    "touched_since_import": _("changed since"),
    "touched_since_import_by": _("changed since by %(by)s"),
    "has_profile": _("has a profile"),
    "is_lent": _("is lent to a colleague"),
    "has_referred_others": _("has referred other customers"),
}


def in_column(column: str, what: str) -> str:
    """What is wrong, with the column in front unless the sentence begins with it."""
    said = what.removesuffix("。").removesuffix(".")
    if not column or said.casefold().startswith(column.casefold()):
        return said
    return gettext("%(column)s: %(what)s") % {"column": column, "what": said}


def _several(wrong: list[dict[str, Any]]) -> str:
    """Every wrong column of a row with its reason."""
    each = [in_column(one["column"], word(one["reason"])) for one in wrong]
    return gettext("; ").join(each)


ROWS["row_has_several"] = _several

# Why names in the owner column give nobody customers, above all of a kind.
UNKNOWN_OWNERS = {
    "owner_unknown": _("Nobody has this name, sign-in or e-mail"),
    "owner_ambiguous": _("Several colleagues have this name"),
    "named_owner_has_left": _("Have left"),
    "owner_only_reads": _("May only read and own no customers"),
    "owner_outside_scope": _("Do not belong to your units"),
}

# What is said once for a column, beside each of its rows.
MISTAKES = {
    "phone_lost_digits": _(
        "“%(column)s”: a spreadsheet has turned numbers into 1.38E+10. Set the column to text there and save anew."
    ),
    "phone_is_masked": _("“%(column)s”: the numbers are masked with asterisks. Export them in full."),
    "id_lost_digits": _(
        "“%(column)s”: a spreadsheet has turned ids into 1.23E+17. Set the column to text there and save anew."
    ),
    "date_is_serial": _("“%(column)s”: days stand as serial numbers. Format the column as a date and save anew."),
    "class_unknown": _("“%(column)s” holds classes that the playbook does not have."),
}

for sentences in (KEPT, FILES, COLUMNS, RUNS, ROWS):
    register(sentences)
