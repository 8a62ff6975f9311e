"""What the log keeps of requests."""

import logging


class RefusalsInOneLine(logging.Filter):
    """A refused request (4xx) is no failure of the program: its line is kept, its traceback is not."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = None
            record.exc_text = None
        return True
