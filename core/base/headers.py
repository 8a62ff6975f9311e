"""The headers that every answer carries, whatever its status: page, static file, redirection, refusal.

Django's and django-csp's own middlewares stand first for the same reason; these add what they do not know.
"""

import re

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotAllowed

PERMISSIONS = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
OF_ITS_OWN = {"screen-wake-lock"}  # the tablet of the hall stays lit
HEADERS = {
    "Permissions-Policy": ", ".join(f"{name}=({'self' if name in OF_ITS_OWN else ''})" for name in PERMISSIONS),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class EveryAnswer:
    """Middleware: the headers that no other one sets."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Encrypted:
    """Middleware: what programs ask for is not sent on from http to https, where their mistake would go unseen.

    The method TRACE, which gives a request back to whoever sent it, is refused whatever the address.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.for_programs = [re.compile(pattern) for pattern in settings.SECURE_REDIRECT_EXEMPT]

    def __call__(self, request):
        if request.method == "TRACE":
            return HttpResponseNotAllowed(["GET", "POST"])
        path = request.path.lstrip("/")
        is_refused = settings.SECURE_SSL_REDIRECT and not request.is_secure() and path != "sante"
        if is_refused and any(pattern.search(path) for pattern in self.for_programs):
            return HttpResponse("https://", status=403, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
