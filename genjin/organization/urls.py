"""The addresses of the organisation."""

from django.urls import path

from genjin.organization.views import (
    absences,
    backups,
    calendar,
    leaving,
    me,
    people,
    settings,
    sign_in_links,
    signing_in,
    units,
    ways_in,
    welcome,
)

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("in/<str:secret>/", sign_in_links.one_time_link, name="one_time_link"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/next/", welcome.first_steps, name="first_steps"),
    path("settings/", settings.settings_index, name="settings"),
    path("settings/me/", me.me, name="me"),
    path("settings/me/password/", me.change_password, name="change_password"),
    path("settings/absences/", absences.absence_list, name="absence_list"),
    path("settings/absences/new/", absences.absence_added, name="absence_added"),
    path("settings/absences/<int:pk>/remove/", absences.absence_removed, name="absence_removed"),
    path("settings/calendar/", calendar.calendar_year, name="calendar"),
    path("settings/calendar/days/", calendar.calendar_days_added, name="calendar_days_added"),
    path("settings/calendar/days/<int:pk>/remove/", calendar.calendar_day_removed, name="calendar_day_removed"),
    path("settings/backups/", backups.backup_list, name="backup_list"),
    path("settings/backups/new/", backups.backup_wanted, name="backup_wanted"),
    path("settings/backups/<str:name>/download/", backups.backup_handed_out, name="backup_handed_out"),
    path("settings/units/", units.unit_list, name="unit_list"),
    path("settings/units/new/", units.unit_add, name="unit_add"),
    path("settings/units/<int:pk>/", units.unit_change, name="unit_change"),
    path("settings/people/", people.person_list, name="person_list"),
    path("settings/people/new/", people.person_add, name="person_add"),
    path("settings/people/<int:pk>/", people.person_change, name="person_change"),
    path("settings/people/<int:pk>/link/", ways_in.person_link, name="person_link"),
    path("settings/people/<int:pk>/reset/", ways_in.person_reset, name="person_reset"),
    path("settings/people/<int:pk>/leave/", leaving.person_leave, name="person_leave"),
    path("settings/people/<int:pk>/return/", leaving.person_return, name="person_return"),
]
