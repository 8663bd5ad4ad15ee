from directory.models.custodian import Custodian
from directory.models.designated_physician import DesignatedPhysician
from directory.models.favorite import Favorite
from directory.models.form_offered import FormOffered
from directory.models.registry import RegistryBadRow, RegistryEntry, RegistryImport, Specialty
from directory.models.service import Service

__all__ = [
    "Custodian",
    "DesignatedPhysician",
    "Favorite",
    "FormOffered",
    "RegistryBadRow",
    "RegistryEntry",
    "RegistryImport",
    "Service",
    "Specialty",
]
