"""The robots of the groups: which unit has one, what it is, whether it works."""

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.followups.escalation.forms import RobotForm
from genjin.followups.escalation.models import Delivery, Robot
from genjin.followups.escalation.robot_settings import ask_for_test, remove_robot, save_robot
from genjin.followups.escalation.unit_texts import trial_text
from genjin.followups.jobs import send
from genjin.organization.models import Unit
from genjin.organization.shown_tree import in_tree_order
from genjin.web.htmx import respond
from genjin.web.toasts import say

SHOWN = 10
UNDER_WAY = (Delivery.State.WAITING, Delivery.State.SENDING)


@require_safe
def robot_list(request: HttpRequest) -> HttpResponse:
    """The units one may see as a tree, each with its robot and what became of its last text."""
    require(request.user, "followups.change_robots")
    robots = {robot.pk: robot for robot in Robot.objects.visible_to(request.user).annotate(last=Max("deliveries"))}
    last = Delivery.objects.visible_to(request.user).in_bulk([robot.last for robot in robots.values() if robot.last])
    rows = []
    for unit, depth in in_tree_order(Unit.objects.visible_to(request.user)):
        robot = robots.get(unit.pk)
        rows.append((unit, depth, robot, last.get(robot.last) if robot else None))
    return respond(request, "followups/robot_list.html", {"rows": rows})


@sensitive_post_parameters("address", "secret")
def robot_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What a unit's robot is; address and secret are entered, never shown."""
    require(request.user, "followups.change_robots")
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    robot = Robot.objects.visible_to(request.user).filter(pk=pk).first()
    start = {"kind": robot.kind, "is_active": robot.is_active} if robot else {"kind": "wecom", "is_active": True}
    form = RobotForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            save_robot(unit, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("Saved."))
            return redirect("robot_change", pk)
    deliveries = Delivery.objects.visible_to(request.user).filter(robot=pk).order_by("-pk")[:SHOWN]
    context = {
        "unit": unit,
        "robot": robot,
        "form": form,
        "deliveries": deliveries,
        "is_awaited": any(each.state in UNDER_WAY and not each.attempts for each in deliveries),
    }
    status = 422 if form.errors else 200
    return respond(
        request, "followups/robot_change.html", context, fragment="followups/_robot_deliveries.html", status=status
    )


@require_POST
def robot_tried(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a trial message; what the robot answers stands on the page."""
    require(request.user, "followups.change_robots")
    robot = get_object_or_404(Robot.objects.visible_to(request.user).select_related("unit"), pk=pk)
    send.later(ask_for_test(robot, text=trial_text(robot.unit), by=request.user, at=timezone.now()).pk)
    return redirect("robot_change", pk)


@require_POST
def robot_removed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the robot away."""
    require(request.user, "followups.change_robots")
    robot = get_object_or_404(Robot.objects.visible_to(request.user).select_related("unit"), pk=pk)
    remove_robot(robot, by=request.user, at=timezone.now())
    say(request, _("The robot is gone; its address is forgotten."))
    return redirect("robot_list")
