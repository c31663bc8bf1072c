"""What we keep: one file a topic."""

from consortium.models.base import Base, Member, Record
from consortium.models.change import Change
from consortium.models.consortium import Consortium
from consortium.models.database import Database
from consortium.models.gathering import AgendaItem, Attendance, Gathering, Series
from consortium.models.indicator import Indicator, IndicatorValue
from consortium.models.letter import Letter, LetterState
from consortium.models.link import StatusLink
from consortium.models.milestone import Milestone
from consortium.models.organisation import Group, Organisation
from consortium.models.partner import Partner, PartnerRole
from consortium.models.period import ReportingPeriod
from consortium.models.person import Capacity, Person
from consortium.models.register import RegisterEntry
from consortium.models.snapshot import Snapshot, SnapshotLine
from consortium.models.statement import Statement
from consortium.models.status import StatusComment, StatusUpdate
from consortium.models.sub_project import Participation, SubProject
from consortium.models.switch import PluginSwitch
from consortium.models.term import TermEntry
from consortium.models.text_index import TextIndex
from consortium.models.theme import Assessment, Theme

__all__ = [
    "AgendaItem",
    "Assessment",
    "Attendance",
    "Base",
    "Capacity",
    "Change",
    "Consortium",
    "Database",
    "Gathering",
    "Group",
    "Indicator",
    "IndicatorValue",
    "Letter",
    "LetterState",
    "Member",
    "Milestone",
    "Organisation",
    "Participation",
    "Partner",
    "PartnerRole",
    "Person",
    "PluginSwitch",
    "Record",
    "RegisterEntry",
    "ReportingPeriod",
    "Series",
    "Snapshot",
    "SnapshotLine",
    "Statement",
    "StatusComment",
    "StatusLink",
    "StatusUpdate",
    "SubProject",
    "TermEntry",
    "TextIndex",
    "Theme",
]
