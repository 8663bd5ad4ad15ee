from directory.models.custodian import Custodian
from directory.models.designated_physician import DesignatedPhysician
from directory.models.favorite import Favorite
from directory.models.form_offered import FormOffered
from directory.models.recent_search import RecentSearch
from directory.models.registry import RegistryBadRow, RegistryEntry, RegistryImport, Specialty
from directory.models.service import Service
from directory.models.word import Word

__all__ = [
    "Custodian",
    "DesignatedPhysician",
    "Favorite",
    "FormOffered",
    "RecentSearch",
    "RegistryBadRow",
    "RegistryEntry",
    "RegistryImport",
    "Service",
    "Specialty",
    "Word",
]
