"""The access log of gunicorn, with the secret part of addresses masked."""

from gunicorn.glogging import Logger

from core.base.logs import masked


class AccessLog(Logger):
    """Give with `--logger-class qualepref.access_log.AccessLog`."""

    def atoms(self, resp, req, environ, request_time):
        told = super().atoms(resp, req, environ, request_time)
        return {name: masked(value) if isinstance(value, str) else value for name, value in told.items()}
