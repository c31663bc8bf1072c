"""The pages: a view a file; the tuple is what the app is put together from."""

from consortium_admin.views.accessibility import AccessibilityView
from consortium_admin.views.agenda import AgendaView
from consortium_admin.views.approvals import ApprovalsView
from consortium_admin.views.assessments import AssessmentsView
from consortium_admin.views.attendance import AttendanceView
from consortium_admin.views.capacities import CapacitiesView
from consortium_admin.views.consortium import ConsortiumView
from consortium_admin.views.gatherings import GatheringsView
from consortium_admin.views.groups import GroupsView
from consortium_admin.views.indicator_values import IndicatorValuesView
from consortium_admin.views.indicators import IndicatorsView
from consortium_admin.views.language import LanguageView
from consortium_admin.views.milestones import MilestonesView
from consortium_admin.views.organisations import OrganisationsView
from consortium_admin.views.page import PageView
from consortium_admin.views.pages import PagesView
from consortium_admin.views.partners import PartnersView
from consortium_admin.views.people import PeopleView
from consortium_admin.views.periods import PeriodsView
from consortium_admin.views.plugins import PluginsView
from consortium_admin.views.registers import RegistersView
from consortium_admin.views.reporting_periods import ReportingPeriodsView
from consortium_admin.views.reports import ReportsView
from consortium_admin.views.roles import RolesView
from consortium_admin.views.search import SearchView
from consortium_admin.views.sent import SentView
from consortium_admin.views.series import SeriesView
from consortium_admin.views.snapshots import SnapshotsView
from consortium_admin.views.statements import StatementsView
from consortium_admin.views.status import StatusView
from consortium_admin.views.status_link import StatusLinkView
from consortium_admin.views.sub_projects import SubProjectsView
from consortium_admin.views.tasks import TasksView
from consortium_admin.views.terms import TermsView
from consortium_admin.views.themes import ThemesView
from consortium_admin.views.unreported import UnreportedView

#: the views beside the first page, in the order in which they come to the frame
VIEWS: tuple[type[PageView], ...] = (
    LanguageView,
    AccessibilityView,
    SearchView,
    TasksView,
    StatusView,
    StatusLinkView,
    SentView,
    SubProjectsView,
    ApprovalsView,
    PeriodsView,
    UnreportedView,
    ReportsView,
    SnapshotsView,
    PagesView,
    GatheringsView,
    AgendaView,
    AttendanceView,
    StatementsView,
    SeriesView,
    OrganisationsView,
    PartnersView,
    RolesView,
    PeopleView,
    CapacitiesView,
    MilestonesView,
    IndicatorsView,
    IndicatorValuesView,
    AssessmentsView,
    ThemesView,
    TermsView,
    ConsortiumView,
    GroupsView,
    ReportingPeriodsView,
    RegistersView,
    PluginsView,
)
