from django.core.management.base import BaseCommand

from sandbox.demo import people, requests


class Command(BaseCommand):
    help = "Loads made-up people, practices and requests, once, and prints who can sign in."

    def handle(self, *args, **options):
        requests.load(people.known() or people.load())
        self.stdout.write(people.said())
