"""The addresses of reports and working days."""

from django.urls import path

from genjin.followups.views import reports, team_reports, workdays

urlpatterns = [
    path("team/reports/", team_reports.team, name="team_reports"),
    path("team/reports/export/", team_reports.export, name="report_export"),
    path("team/reports/export/<int:pk>/file/", team_reports.export_file, name="report_export_file"),
    path("reports/", reports.own, name="reports"),
    path("reports/today/", reports.today, name="report_today"),
    path("reports/day/<str:on>/", reports.day, name="report_day"),
    path("reports/week/<str:on>/", reports.week, name="report_week"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/withdrawal/", reports.withdrawal, name="report_withdrawal"),
    path("reports/<int:pk>/reading/", reports.reading, name="report_reading"),
    path("reports/<int:pk>/comments/", reports.comments, name="report_comments"),
    path("reports/<int:pk>/seen/", reports.seen, name="report_seen"),
    path("workday/", workdays.strip, name="workday"),
    path("workday/beginning/", workdays.beginning, name="workday_beginning"),
    path("workday/end/", workdays.end, name="workday_end"),
    path("workday/<int:pk>/<str:on>/", workdays.correction, name="workday_correction"),
]
