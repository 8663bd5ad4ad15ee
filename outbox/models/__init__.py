from outbox.models.job import LEASE, MOST_ATTEMPTS, Job
from outbox.models.sweep import SweepFailure, SweepRun

__all__ = ["LEASE", "MOST_ATTEMPTS", "Job", "SweepFailure", "SweepRun"]
