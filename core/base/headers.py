"""The headers that every answer carries, whatever its status: page, static file, redirection, refusal.

Django's and django-csp's own middlewares stand first for the same reason; this one adds what they do not know.
"""

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
