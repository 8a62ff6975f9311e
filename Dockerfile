# Production image: the same application serves the web, the worker and the scheduler (see docker-compose.yml).
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-dejavu-core libfontconfig1 libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --create-home --uid 10001 qualepref \
    && install -d -o qualepref -g qualepref /app /var/lib/qualepref
WORKDIR /app

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY --chown=qualepref:qualepref . .

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/qualepref \
    STATIC_ROOT=/app/static-collected \
    COMPRESS_STATIC=1
USER qualepref
# The key serves this one command and stays out of the image's environment.
RUN SECRET_KEY=collectstatic-only python manage.py collectstatic --noinput -v0

EXPOSE 8000
# The log of requests says what was asked for and how long it took, never by whom: surveys are anonymous.
CMD ["gunicorn", "qualepref.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--timeout", "60", \
     "--max-requests", "2000", "--max-requests-jitter", "200", "--no-control-socket", \
     "--logger-class", "qualepref.access_log.AccessLog", "--access-logfile", "-", "--access-logformat", "%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"]
