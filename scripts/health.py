"""The health check of a container: 0 when this instance may serve."""

import os
import sys
import urllib.error
import urllib.request

HOST = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".*") or "localhost"
PORT = os.environ.get("PORT", "8000")

try:
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/sante", headers={"Host": HOST})
    with urllib.request.urlopen(request, timeout=5) as answer:
        sys.exit(answer.status != 200)
except (urllib.error.URLError, OSError) as error:
    sys.exit(str(error))
