from accounts.models.member import Member
from accounts.models.organization import Organization
from accounts.models.person import Person
from accounts.models.role import Permission, Role

__all__ = ["Member", "Organization", "Permission", "Person", "Role"]
