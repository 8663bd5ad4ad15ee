# One image for web, worker, beat and the one-off migration; what a container does is its command.
FROM python:3.11-slim-bookworm AS packages
COPY requirements/runtime.lock /tmp/runtime.lock
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/runtime.lock

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /app --no-create-home chartrequest
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/tmp/chartrequest \
    STATIC_ROOT=/app/staticfiles
# Style sheets and scripts are gathered by the embedded settings, which need no secret; the files are the same.
RUN DATA_DIR=/tmp/build DJANGO_SETTINGS_MODULE=chartrequest.settings.embedded python manage.py collectstatic --no-input \
 && mv /tmp/build/static "$STATIC_ROOT" \
 && rm -rf /tmp/build
ENV DJANGO_SETTINGS_MODULE=chartrequest.settings.production
USER chartrequest
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "-c", "deploy/gunicorn.py", "chartrequest.wsgi"]
