from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "correspondence"
    verbose_name = "Correspondence"

    def ready(self):
        from correspondence import following, sections, sending  # noqa: F401  (registers what it brings)
