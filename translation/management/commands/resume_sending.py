from django.core.management import BaseCommand

from translation.sending.jobs import resume


class Command(BaseCommand):
    help = "Before a worker starts: takes up what one that was killed has left half sent."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{resume()} taken up.")
