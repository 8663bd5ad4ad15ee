from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "requests_app"
    verbose_name = "Record requests"

    def ready(self):
        from requests_app import following, form_names, merging  # noqa: F401  (registers signals, handlers and names)
        from requests_app.organization import sections  # noqa: F401  (registers its parts of the page)
