from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "correspondence"
    verbose_name = "Correspondence"

    def ready(self):
        from accounts.models import Organization, Person
        from correspondence import contacts

        contacts.add(Person, email=["email"], text=["phone"])
        contacts.add(
            Organization,
            email=["email", "records_contact_email"],
            text=["phone", "records_contact_phone"],
            fax=["fax"],
        )
        from correspondence import following, sections, sending  # noqa: F401  (registers what it brings)
        from correspondence.channels import bounces  # noqa: F401  (hears of them)
