"""The one policy: who may do what to what, and which rows somebody may see. No rule means no."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from consortium.errors import NotPermitted
from consortium.i18n.message import Message, _
from consortium.models import (
    AgendaItem,
    Assessment,
    Attendance,
    Capacity,
    Change,
    Consortium,
    Gathering,
    Group,
    Indicator,
    IndicatorValue,
    Letter,
    Member,
    Milestone,
    Organisation,
    Participation,
    Partner,
    PartnerRole,
    Person,
    PluginSwitch,
    RegisterEntry,
    ReportingPeriod,
    Series,
    Snapshot,
    Statement,
    StatusComment,
    StatusLink,
    StatusUpdate,
    SubProject,
    TermEntry,
    TextIndex,
    Theme,
)
from consortium.models.recording import sign
from consortium.services.principals import Principal, Role, Verb, operator

__all__ = ["Principal", "Role", "Verb", "demand", "may", "operator", "roles_for", "visible"]


Rule = Callable[[Principal, Any], bool]


def _in_consortium(principal: Principal, thing: Any) -> bool:
    return principal.role is Role.ADMINISTRATOR or principal.consortium == thing.consortium_id


def _by_staff(principal: Principal, thing: Any) -> bool:
    return principal.role in {Role.ADMINISTRATOR, Role.STAFF} and _in_consortium(principal, thing)


def _by_administrator(principal: Principal, _thing: Any) -> bool:
    return principal.role is Role.ADMINISTRATOR


def _sees_all(principal: Principal, thing: Any) -> bool:
    return principal.role in {Role.ADMINISTRATOR, Role.STAFF, Role.AUDITOR} and _in_consortium(principal, thing)


def _sees_sub_project(principal: Principal, thing: SubProject) -> bool:
    own = thing.id in principal.leads or any(each.partner_id in principal.partners for each in thing.participations)
    return _sees_all(principal, thing) or (own and _in_consortium(principal, thing))


def _leads(principal: Principal, thing: SubProject) -> bool:
    return principal.role is Role.LEAD and thing.id in principal.leads and _in_consortium(principal, thing)


def _reports(principal: Principal, thing: Any) -> bool:
    """Let staff and the lead tell how the sub-project stands: status, milestones reached, readings, assessments."""
    return _by_staff(principal, thing.sub_project) or _leads(principal, thing.sub_project)


def _edits_status(principal: Principal, thing: StatusUpdate) -> bool:
    return _by_staff(principal, thing) or (not thing.is_frozen and _leads(principal, thing.sub_project))


def _removes_draft(principal: Principal, thing: StatusUpdate) -> bool:
    """Let a draft be thrown away by whoever may write it; what was submitted once stays."""
    return thing.workflow == "draft" and _edits_status(principal, thing)


def _reads_drafts(principal: Principal, thing: Any) -> bool:
    """Let an auditor, who sees the history of drafts and comments, see them themselves too."""
    return _sees_all(principal, thing) or _leads(principal, thing.sub_project)


def _sees_status(principal: Principal, thing: StatusUpdate) -> bool:
    is_told = thing.is_frozen or _reads_drafts(principal, thing)
    return is_told and _sees_sub_project(principal, thing.sub_project)


def _sees_of_sub_project(principal: Principal, thing: Any) -> bool:
    return _sees_sub_project(principal, thing.sub_project)


def _sees_statement(principal: Principal, thing: Statement) -> bool:
    return _sees_all(principal, thing) or (thing.kind not in GUARDED and _in_consortium(principal, thing))


#: what is told to everyone in the consortium
SHARED = (
    Group,
    Organisation,
    Partner,
    PartnerRole,
    Theme,
    ReportingPeriod,
    Series,
    Gathering,
    AgendaItem,
    Attendance,
    TermEntry,
    RegisterEntry,
)

#: what is told of a sub-project to those who may see it
OF_SUB_PROJECT = (Milestone, Indicator, IndicatorValue, Assessment)

#: the kinds of statement that are for the authority's eyes
GUARDED = frozenset({"risk"})

RULES: Mapping[tuple[Verb, type], Rule] = {
    **{(Verb.SEE, kind): _in_consortium for kind in SHARED},
    **{
        (verb, kind): _by_staff
        for verb in (Verb.ADD, Verb.EDIT, Verb.TRANSLATE)
        for kind in (*SHARED, Person, Capacity, SubProject, Indicator, Statement)
    },
    **{(Verb.SEE, kind): _sees_of_sub_project for kind in OF_SUB_PROJECT},
    **{
        (verb, kind): _reports
        for verb in (Verb.ADD, Verb.EDIT, Verb.TRANSLATE)
        for kind in (Milestone, IndicatorValue, Assessment)
    },
    **{
        (Verb.REMOVE, kind): _by_staff
        for kind in (*SHARED, Person, Capacity, SubProject, Indicator, Statement, Milestone, IndicatorValue, Assessment)
    },
    (Verb.REMOVE, StatusUpdate): _removes_draft,
    (Verb.SEE, Consortium): _in_consortium,
    (Verb.ADD, Consortium): _by_administrator,
    (Verb.EDIT, Consortium): _by_staff,
    (Verb.TRANSLATE, Consortium): _by_staff,
    (Verb.SEE, Person): _sees_all,
    (Verb.SEE, Capacity): _sees_all,
    (Verb.SEE, Change): _sees_all,
    (Verb.SEE, SubProject): _sees_sub_project,
    (Verb.SEE, StatusUpdate): _sees_status,
    (Verb.ADD, StatusUpdate): _reports,
    (Verb.EDIT, StatusUpdate): _edits_status,
    (Verb.TRANSLATE, StatusUpdate): _reports,
    (Verb.APPROVE, StatusUpdate): _by_staff,
    (Verb.SEE, StatusComment): _reads_drafts,
    (Verb.ADD, StatusComment): _by_staff,
    (Verb.EDIT, StatusComment): _by_staff,
    (Verb.TRANSLATE, StatusComment): _by_staff,
    (Verb.SEE, Statement): _sees_statement,
    (Verb.SEE, Snapshot): _sees_all,
    (Verb.ADD, Snapshot): _by_staff,
    (Verb.SEE, PluginSwitch): _sees_all,
    (Verb.ADD, PluginSwitch): _by_staff,
    **{(Verb.SEE, kind): _sees_all for kind in (Letter, StatusLink)},
    **{(verb, kind): _by_staff for verb in (Verb.ADD, Verb.EDIT) for kind in (Letter, StatusLink)},
}


#: by each rule, the roles of which somebody may do what it permits, to something at least
_ROLES: Mapping[Rule, frozenset[Role]] = {
    _by_administrator: frozenset({Role.ADMINISTRATOR}),
    _by_staff: frozenset({Role.ADMINISTRATOR, Role.STAFF}),
    _reports: frozenset({Role.ADMINISTRATOR, Role.STAFF, Role.LEAD}),
    _edits_status: frozenset({Role.ADMINISTRATOR, Role.STAFF, Role.LEAD}),
    _removes_draft: frozenset({Role.ADMINISTRATOR, Role.STAFF, Role.LEAD}),
    _sees_all: frozenset({Role.ADMINISTRATOR, Role.STAFF, Role.AUDITOR}),
    _reads_drafts: frozenset({Role.ADMINISTRATOR, Role.STAFF, Role.AUDITOR, Role.LEAD}),
}


def roles_for(verb: Verb, kind: type) -> frozenset[Role]:
    """List the roles of which somebody may do ``verb`` to some records of ``kind``; which ones, :func:`may` tells."""
    rule = RULES.get((verb, kind))
    return frozenset() if rule is None else _ROLES.get(rule, frozenset(Role))


def may(principal: Principal, verb: Verb, thing: Any) -> bool:
    """Tell whether ``principal`` may do ``verb`` to ``thing``; never where there is no rule."""
    rule = RULES.get((verb, type(thing)))
    return rule is not None and rule(principal, thing)


def demand(session: Session, principal: Principal, verb: Verb, thing: Any) -> None:
    """Insist that ``principal`` may do ``verb`` to ``thing``, and sign the session with the name.

    :raises NotPermitted: if not
    """
    if not may(principal, verb, thing):
        raise NotPermitted(
            _("{name} may not {verb} this. Ask the staff of the consortium.").fill(
                name=principal.name, verb=_VERBS[verb]
            )
        )
    sign(session, principal.name)


_VERBS: Mapping[Verb, Message] = {
    Verb.SEE: _("see"),
    Verb.ADD: _("add"),
    Verb.EDIT: _("change"),
    Verb.TRANSLATE: _("translate"),
    Verb.APPROVE: _("approve"),
    Verb.REMOVE: _("remove"),
}


def visible(principal: Principal, kind: type) -> ColumnElement[bool]:
    """Return the criterion for the rows of ``kind`` that ``principal`` may see; none where there is no rule."""
    if (Verb.SEE, kind) not in RULES and kind is not TextIndex:
        return false()
    if principal.role is Role.ADMINISTRATOR:
        return true()
    column = kind.id if kind is Consortium else kind.consortium_id  # type: ignore[attr-defined]  # each kind with a rule has it
    mine: ColumnElement[bool] = column == principal.consortium
    if principal.role in {Role.STAFF, Role.AUDITOR} or kind in {*SHARED, Consortium}:
        return mine
    narrow = _NARROW.get(kind)
    return mine & narrow(principal) if narrow else false()


def _own(principal: Principal, sub_project: Any) -> ColumnElement[bool]:
    """Return the criterion for a column with numbers of sub-projects that ``principal`` leads or shares."""
    shared = select(Participation.sub_project_id).where(Participation.partner_id.in_(principal.partners))
    return or_(sub_project.in_(principal.leads), sub_project.in_(shared))


def _own_updates(principal: Principal) -> ColumnElement[bool]:
    told = StatusUpdate.workflow.not_in(["draft", "returned"])
    led = StatusUpdate.sub_project_id.in_(principal.leads if principal.role is Role.LEAD else ())
    return _own(principal, StatusUpdate.sub_project_id) & or_(told, led)


def _own_values(principal: Principal) -> ColumnElement[bool]:
    return IndicatorValue.indicator_id.in_(select(Indicator.id).where(_own(principal, Indicator.sub_project_id)))


def _own_comments(principal: Principal) -> ColumnElement[bool]:
    led = StatusUpdate.sub_project_id.in_(principal.leads if principal.role is Role.LEAD else ())
    return StatusComment.status_update_id.in_(select(StatusUpdate.id).where(led))


def _own_texts(principal: Principal) -> ColumnElement[bool]:
    """Return the criterion for the texts of records that a lead or a member may see."""
    shared = TextIndex.entity.in_([kind.__tablename__ for kind in (*SHARED, Consortium)])
    narrow = (
        (TextIndex.entity == kind.__tablename__)
        & TextIndex.entity_id.in_(select(kind.id).where(own(principal)).correlate(None))
        for kind, own in _NARROW.items()
        if issubclass(kind, Member)
    )
    return or_(shared, *narrow)


#: the rows that leads and members may see of what is not told to everyone
_NARROW: Mapping[type, Callable[[Principal], ColumnElement[bool]]] = {
    SubProject: lambda principal: _own(principal, SubProject.id),
    StatusUpdate: _own_updates,
    StatusComment: _own_comments,
    Milestone: lambda principal: _own(principal, Milestone.sub_project_id),
    Indicator: lambda principal: _own(principal, Indicator.sub_project_id),
    IndicatorValue: _own_values,
    Assessment: lambda principal: _own(principal, Assessment.sub_project_id),
    Statement: lambda _principal: Statement.kind.not_in(GUARDED),
    TextIndex: _own_texts,
}
