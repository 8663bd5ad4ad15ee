from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Person
from sandbox.demo import people, requests


class Command(BaseCommand):
    help = "Loads made-up people, practices and requests, once, and prints who can sign in."

    def handle(self, *args, **options):
        if not Person.objects.filter(email=people.FIRM[0][0]).exists():
            with transaction.atomic():
                members = people.load()
            requests.load(members)
        self.stdout.write(people.said())
