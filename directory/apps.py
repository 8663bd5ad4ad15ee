from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = "Directory"

    def ready(self):
        from directory import claiming, sections  # noqa: F401  (one listens, one registers its part of a page)
        from directory.organization import sections as of_organizations  # noqa: F401  (registers its parts)
