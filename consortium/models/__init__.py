"""What we keep: one file a topic."""

from consortium.models.base import Base, Member, Record
from consortium.models.change import Change
from consortium.models.consortium import Consortium
from consortium.models.database import Database
from consortium.models.organisation import Group, Organisation
from consortium.models.partner import Partner, PartnerRole
from consortium.models.person import Capacity, Person
from consortium.models.status import StatusUpdate
from consortium.models.sub_project import Participation, SubProject
from consortium.models.text_index import TextIndex

__all__ = [
    "Base",
    "Capacity",
    "Change",
    "Consortium",
    "Database",
    "Group",
    "Member",
    "Organisation",
    "Participation",
    "Partner",
    "PartnerRole",
    "Person",
    "Record",
    "StatusUpdate",
    "SubProject",
    "TextIndex",
]
