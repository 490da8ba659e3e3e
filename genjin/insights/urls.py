"""What a manager looks at: the board, and the lists behind its figures."""

from django.urls import path

from genjin.insights.views import board, contacts, exporting, leads, moves, notes, numbers, promises, quality

urlpatterns = [
    path("insights/", board.board, name="insights"),
    path("insights/numbers/", numbers.numbers, name="insights_numbers"),
    path("insights/notes/", notes.notes, name="insights_notes"),
    path("insights/contacts/", contacts.contacts, name="insights_contacts"),
    path("insights/moves/", moves.moves, name="insights_moves"),
    path("insights/quality/", quality.quality, name="insights_quality"),
    path("insights/quality/counted/", quality.counted, name="insights_quality_counted"),
    path("insights/export/", exporting.export, name="insights_export"),
    path("insights/export/<int:pk>/", exporting.file, name="insights_file"),
    path("insights/leads/", leads.leads, name="insights_leads"),
    path("insights/first-contact/", leads.first_contact, name="insights_first_contact"),
    path("insights/sources/", leads.sources, name="insights_sources"),
    path("insights/promises/", promises.promises, name="insights_promises"),
]
