from accounts.models.dependent import Dependent
from accounts.models.invitation import Invitation
from accounts.models.join_request import JoinRequest
from accounts.models.kinds import PROFESSIONALS, Kind
from accounts.models.listed import Listed
from accounts.models.member import Member
from accounts.models.organization import Organization, Standing
from accounts.models.person import Person
from accounts.models.role import Permission, Role
from accounts.models.survey import Survey

__all__ = [
    "PROFESSIONALS",
    "Dependent",
    "Invitation",
    "JoinRequest",
    "Kind",
    "Listed",
    "Member",
    "Organization",
    "Permission",
    "Person",
    "Role",
    "Standing",
    "Survey",
]
