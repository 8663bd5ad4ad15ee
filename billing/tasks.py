from celery import shared_task

from billing import reconciling


@shared_task
def compare_with_the_bank():
    reconciling.plan()
