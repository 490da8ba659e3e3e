"""Today, the team, the note, and what was agreed: every address of this app."""

from django.urls import path

from genjin.followups.views import (
    appointments,
    calendar,
    notes,
    plans,
    promises,
    proposals,
    readings,
    team,
    today,
    touches,
)

urlpatterns = [
    path("team/", team.team, name="team"),
    path("team/plans/", plans.team, name="team_plans"),
    path("plan/", plans.plan, name="plan"),
    path("plan/<int:pk>/", plans.plan_of, name="plan_of"),
    path("plan/<int:pk>/remade/", plans.remade, name="plan_remade"),
    path("calendar/", calendar.calendar, name="week"),
    path("calendar/<int:pk>/", calendar.calendar_of, name="week_of"),
    path("calendar/customers/<int:pk>/", calendar.calendar_move, name="week_move"),
    path("today/", today.today, name="today"),
    path("today/<int:pk>/", today.today_customer, name="today_customer"),
    path("today/<slug:figure>/", today.today_figure, name="today_figure"),
    path("customers/<int:pk>/note/", notes.note, name="note_new"),
    path("customers/<int:pk>/note/", notes.note, name="note_save"),
    path("customers/<int:pk>/note/next/", notes.note_next, name="note_next"),
    path("customers/<int:pk>/promises/", promises.promise_new, name="promise_new"),
    path("customers/<int:pk>/agreements/", promises.agreements, name="agreements"),
    path("promises/<int:pk>/kept/", promises.kept, name="promise_kept"),
    path("promises/<int:pk>/broken/", promises.broken, name="promise_broken"),
    path("promises/<int:pk>/reopened/", promises.reopened, name="promise_reopened"),
    path("customers/<int:pk>/appointments/", appointments.appointment_new, name="appointment_new"),
    path("appointments/<int:pk>/end/", appointments.appointment_end, name="appointment_end"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/accepted/", proposals.accepted, name="proposals_accepted"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/undo/", proposals.undo, name="proposal_undo"),
    path("customers/<int:pk>/proposals/", proposals.of_customer, name="customer_proposals"),
    path("touches/<int:pk>/undo/", touches.undo, name="touch_undo"),
    path("touches/<int:pk>/reading/", readings.reading, name="touch_reading"),
    path("readings/seen/", readings.readings_seen, name="readings_seen"),
    path("touches/<int:pk>/correction/", touches.correction, name="touch_correct"),
]
