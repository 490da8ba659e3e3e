"""What makes the product installable on a phone's home screen."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control


@login_not_required
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web application manifest, in the reader's language."""
    icons = [
        {"src": staticfiles_storage.url("genjin/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {"src": staticfiles_storage.url(f"genjin/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in (192, 512)
        ),
        {
            "src": staticfiles_storage.url("genjin/icon-maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    return JsonResponse(
        {
            "name": gettext("Genjin"),
            "short_name": gettext("Genjin"),
            "description": gettext("Every customer has a next contact."),
            "lang": get_language(),
            "id": "/",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#F4F6F4",
            "theme_color": "#0A6A5B",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )
