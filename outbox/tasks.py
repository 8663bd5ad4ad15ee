from celery import shared_task

from outbox import queue


@shared_task
def run_job(job_id):
    queue.run(job_id)


@shared_task
def take_up_due():
    queue.poke_due()
