"""What the log keeps of requests."""

import logging
import sys

import pytest

from core.logs import RefusalsInOneLine


@pytest.mark.parametrize(("status", "has_traceback"), [(403, False), (404, False), (500, True)])
def test_a_refusal_is_one_line_and_a_failure_keeps_its_traceback(status, has_traceback):
    try:
        raise PermissionError
    except PermissionError:
        record = logging.LogRecord("django.request", logging.WARNING, "", 1, "refused", (), sys.exc_info())
    record.status_code = status
    assert RefusalsInOneLine().filter(record)
    assert (record.exc_info is not None) is has_traceback
