"""Adds organisations, partners and their roles."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import ConsortiumError, InvalidValue, PluginProblem
from consortium.facts import IdentifierKind
from consortium.i18n.message import _
from consortium.models import Consortium, Group, Organisation, Partner, PartnerRole
from consortium.plugins import front_desk
from consortium.services.codes import known_code, known_key, known_made, known_span, one_consortium
from consortium.services.policy import Principal, Verb, demand
from consortium.services.texts import Written, new_text


def add_organisation(  # noqa: PLR0913  # what an organisation is
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    key: str,
    name: Written,
    type: str,
    country: str,
    parent: Organisation | None = None,
    groups: Sequence[Group] = (),
    identifiers: Mapping[str, str] | None = None,
) -> Organisation:
    """Add an organisation; a district belongs to its municipality, ``parent``.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if a code is unknown or an identifier does not pass its check
    """
    organisation = Organisation(
        consortium_id=consortium.id,
        key=known_key(key),
        name=new_text(principal, name),
        type=known_code("organisation_type", type),
        country=known_code("country", country),
        parent=parent,
        groups=list(groups),
        identifiers=checked_identifiers(identifiers or {}),
    )
    one_consortium(organisation, parent, *groups)
    demand(session, principal, Verb.ADD, organisation)
    session.add(organisation)
    return organisation


def check_parent(organisation: Organisation) -> None:
    """Insist that an organisation does not belong to itself, be it by a detour.

    :raises InvalidValue: if it does
    """
    seen = [organisation]
    while (parent := seen[-1].parent) is not None and parent not in seen:
        seen.append(parent)
    if parent is not None:
        told = _("“{key}” would belong to itself. Correct what it belongs to.")
        raise InvalidValue(told.fill(key=organisation.key), "parent")


def checked_identifiers(identifiers: Mapping[str, str]) -> dict[str, str]:
    """Return identifiers in their normal form.

    :raises InvalidValue: if no plugin knows the kind, or the value does not pass its check
    """
    kinds = front_desk().identifier_kinds
    for kind in identifiers:
        if kind not in kinds:
            raise InvalidValue(
                _("No plugin knows identifiers of the kind “{kind}”. Known kinds: {known}.").fill(
                    kind=kind, known=", ".join(sorted(kinds)) or "–"
                )
            )
    return {kind: _checked(kinds[kind], value) for kind, value in sorted(identifiers.items())}


def _checked(kind: IdentifierKind, value: str) -> str:
    """Check a value; whatever else than a refusal the check raises is a fault of its plugin."""
    try:
        return kind.check(value)
    except ConsortiumError:
        raise
    except Exception as fault:
        told = _("The check of “{kind}” failed: {reason}. Tell the maker of the plugin.")
        raise PluginProblem(told.fill(kind=kind.title, reason=f"{type(fault).__name__}: {fault}")) from fault


def add_partner(  # noqa: PLR0913  # the short way in for scripts: an organisation that is a partner at once
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    key: str,
    name: Written,
    country: str,
    type: str = "municipality",
    joined: date | None = None,
    role: str = "project_partner",
) -> Partner:
    """Add an organisation and take it into the consortium, from ``joined`` (today unless told) in ``role``.

    :raises NotPermitted: if ``principal`` is not staff
    """
    organisation = add_organisation(
        session, principal, consortium=consortium, key=key, name=name, type=type, country=country
    )
    partner = take_in(session, principal, organisation=organisation, joined=joined or consortium.start or clock.today())
    give_role(session, principal, partner=partner, role=role, start=partner.joined)
    session.flush()
    return partner


def take_in(
    session: Session, principal: Principal, *, organisation: Organisation, joined: date, left: date | None = None
) -> Partner:
    """Take an organisation into its consortium as a partner, from ``joined`` until ``left``.

    :raises NotPermitted: if ``principal`` is not staff
    """
    known_span(joined, left)
    partner = Partner(
        consortium_id=organisation.consortium_id,
        key=organisation.key,
        organisation=organisation,
        joined=joined,
        left=left,
    )
    demand(session, principal, Verb.ADD, partner)
    session.add(partner)
    return partner


def give_role(
    session: Session, principal: Principal, *, partner: Partner, role: str, start: date, end: date | None = None
) -> PartnerRole:
    """Give a partner a role from ``start`` until ``end``; a project has an owner in each country beside the lead partner.

    :raises NotPermitted: if ``principal`` is not staff
    """
    known_span(start, end)
    code = known_code("role", role)
    given = PartnerRole(
        consortium_id=partner.consortium_id,
        key=known_made(f"{partner.key}:{code}:{start}"),
        partner=partner,
        role=code,
        start=start,
        end=end,
    )
    demand(session, principal, Verb.ADD, given)
    session.add(given)
    return given
