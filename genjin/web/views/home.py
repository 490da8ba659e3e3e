"""Where a person begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from genjin.web.navigation import first_address


def home(request: HttpRequest) -> HttpResponse:
    """Today for a seller, the team for a manager; who may open no place at all is told so."""
    address = first_address(request.user)
    return redirect(address) if address else render(request, "web/no_place.html")
