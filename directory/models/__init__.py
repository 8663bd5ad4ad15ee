from directory.models.custodian import Custodian
from directory.models.favorite import Favorite
from directory.models.service import Service

__all__ = ["Custodian", "Favorite", "Service"]
