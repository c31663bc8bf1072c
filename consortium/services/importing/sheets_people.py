"""The sheets of those who take part: the consortium, its organisations and partners, and people."""

from dataclasses import replace

from consortium.i18n.message import _
from consortium.services.importing.columns import (
    END,
    KEY,
    NAME,
    ORGANISATION,
    SOURCE,
    START,
    code,
    day,
    many,
    one,
    plain,
)
from consortium.services.importing.layout import Column, Kind, Sheet

CONSORTIUM = Sheet(
    "consortium",
    _("Consortium"),
    (
        KEY,
        NAME,
        SOURCE,
        plain("programme", _("Programme"), _("The programme that funds the project, if there is one.")),
        Column(
            "languages",
            Kind.LANGUAGES,
            _("Languages"),
            _("The languages of the consortium, the first one first in every document: nb, sv."),
            required=True,
        ),
        START,
        END,
    ),
)

GROUPS = Sheet("groups", _("Region groups"), (KEY, NAME, SOURCE))

ORGANISATIONS = Sheet(
    "organisations",
    _("Organisations"),
    (
        KEY,
        NAME,
        SOURCE,
        code("type", "organisation_type", _("Type")),
        code("country", "country", _("Country")),
        one(
            "parent",
            "organisations",
            _("Belongs to"),
            _("The key of the organisation that this one is a part of: a district’s municipality."),
        ),
        many("groups", "groups", _("Groups"), _("Keys of the region groups it is in, with semicolons between them.")),
        Column(
            "identifier",
            Kind.IDENTIFIER,
            _("Identifier"),
            _("The number by which the authorities know it. It is checked."),
        ),
    ),
)

PARTNERS = Sheet(
    "partners",
    _("Partners"),
    (
        ORGANISATION,
        day("joined", _("Joined"), _("The day on which it joined, for example 2026-02-03 or 3.2.2026."), required=True),
        day("left", _("Left"), _("The day on which it left; empty while it takes part.")),
    ),
)

ROLES = Sheet(
    "roles",
    _("Roles"),
    (
        one("partner", "partners", _("Partner"), _("The key of a partner: that of its organisation."), required=True),
        code("role", "role", _("Role")),
        replace(START, required=True),
        END,
    ),
)

PEOPLE = Sheet(
    "people",
    _("People"),
    (
        KEY,
        plain("name", _("Name of the person"), _("First name and family name."), required=True),
        plain("email", _("E-mail"), _("The address at work.")),
        Column(
            "language",
            Kind.LANGUAGE,
            _("Language"),
            _("The language in which we write to the person: nb, nn, sv or en."),
            required=True,
        ),
    ),
)

CAPACITIES = Sheet(
    "capacities",
    _("Capacities"),
    (
        one("person", "people", _("Person"), _("The key of a person."), required=True),
        ORGANISATION,
        code("role", "capacity", _("Capacity")),
        one(
            "sub_project",
            "sub_projects",
            _("Sub-project"),
            _("The key of the sub-project that a project manager leads."),
        ),
        replace(START, required=True),
        END,
    ),
)
