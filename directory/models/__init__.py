from directory.models.custodian import Custodian, LinkedEntry
from directory.models.designated_physician import DesignatedPhysician
from directory.models.favorite import Favorite
from directory.models.form_offered import FormOffered
from directory.models.recent_search import RecentSearch
from directory.models.registry import RegistryBadRow, RegistryEntry, RegistryImport, Specialty
from directory.models.service import Service
from directory.models.suggestion import Suggestion
from directory.models.word import Word

__all__ = [
    "Custodian",
    "DesignatedPhysician",
    "Favorite",
    "FormOffered",
    "LinkedEntry",
    "RecentSearch",
    "RegistryBadRow",
    "RegistryEntry",
    "RegistryImport",
    "Service",
    "Specialty",
    "Suggestion",
    "Word",
]
