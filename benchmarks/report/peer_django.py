"""Django as its documentation recommends: one query with its owners, a prefetch limited by a window, a template."""

from pathlib import Path
from typing import Any

import django
from django.conf import settings

from benchmarks.report.page import DAY, PAGE, words

settings.configure(
    INSTALLED_APPS=[],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ""}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.db import connections, models  # noqa: E402  # after its settings
from django.db.models import F, OuterRef, Subquery, Window  # noqa: E402  # the same
from django.db.models.functions import RowNumber  # noqa: E402  # the same
from django.template import Context, Engine  # noqa: E402  # the same


class Spoken(models.Model):
    """A row whose texts can be asked for their words."""

    class Meta:
        """Where it is kept."""

        abstract = True

    def __getattr__(self, name: str) -> str:
        """Give the words of a text."""
        if not name.endswith("_words"):
            raise AttributeError(name)
        return words(getattr(self, name.removesuffix("_words")))


class Organisation(Spoken):
    """An organisation."""

    name = models.JSONField()
    country = models.TextField()

    class Meta:
        """Where it is kept."""

        app_label, db_table, managed = "peer", "organisation", False


class Partner(models.Model):
    """A partner."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    class Meta:
        """Where it is kept."""

        app_label, db_table, managed = "peer", "partner", False


class SubProject(Spoken):
    """A sub-project, with who leads it and its latest updates beside it."""

    owner: Organisation
    current: "StatusUpdate"
    previous: "StatusUpdate | None"

    title = models.JSONField()
    purpose = models.JSONField()
    key_order = models.TextField()

    class Meta:
        """Where it is kept."""

        app_label, db_table, managed = "peer", "sub_project", False


class Participation(models.Model):
    """Who takes part in what."""

    pk = models.CompositePrimaryKey("sub_project_id", "partner_id")
    sub_project = models.ForeignKey(SubProject, models.CASCADE, related_name="+")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="+")
    place = models.IntegerField()

    class Meta:
        """Where it is kept."""

        app_label, db_table, managed = "peer", "participation", False


class StatusUpdate(Spoken):
    """A status update."""

    sub_project = models.ForeignKey(SubProject, models.CASCADE, related_name="+")
    day = models.DateField()
    state = models.TextField()
    summary = models.JSONField()
    achieved = models.JSONField()
    next_steps = models.JSONField()
    support_needs = models.JSONField()

    class Meta:
        """Where it is kept."""

        app_label, db_table, managed = "peer", "status_update", False


class TextIndex(models.Model):
    """What names are sorted by."""

    entity = models.TextField()
    entity_id = models.IntegerField()
    field = models.TextField()
    language = models.TextField()
    sort_key = models.TextField()

    class Meta:
        """Where it is kept."""

        app_label, db_table, managed = "peer", "text_index", False


#: days as the others write them
_DAY = ("day }}", "day|date:'Y-m-d' }}")


def write(url: str, target: Path) -> None:
    """Write the page."""
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] |= _database(url)
    page = Engine(autoescape=True).from_string(PAGE.replace(*_DAY).replace("each.owner_words", "each.owner.name_words"))
    target.write_text(page.render(Context({"projects": _projects()})), encoding="utf-8")


def _database(url: str) -> dict[str, Any]:
    """Say where the tables are: in a file, or in a database of PostgreSQL."""
    if url.startswith("sqlite"):
        return {"NAME": url.removeprefix("sqlite:///")}
    from psycopg.conninfo import conninfo_to_dict

    told = conninfo_to_dict(url.replace("+psycopg", ""))
    return {"ENGINE": "django.db.backends.postgresql", "NAME": told.pop("dbname"), "OPTIONS": told}


def _projects() -> list[SubProject]:
    newest = Window(RowNumber(), partition_by="sub_project_id", order_by=(F("day").desc(), F("id").desc()))
    latest = StatusUpdate.objects.filter(day__lte=DAY).annotate(place=newest).filter(place__lte=2)
    updates: dict[int, list[StatusUpdate]] = {}
    for update in latest.order_by("place"):
        updates.setdefault(update.sub_project_id, []).append(update)
    name = TextIndex.objects.filter(entity="organisation", field="name", language="nb")
    own = name.filter(entity_id=OuterRef("partner__organisation_id")).values("sort_key")[:1]
    order = ("partner__organisation__country", "sort_key", "partner_id", "sub_project__key_order", "sub_project_id")
    shares = Participation.objects.filter(place=0).select_related("sub_project", "partner__organisation")
    found = []
    for share in shares.annotate(sort_key=Subquery(own)).order_by(*order):
        project = share.sub_project
        project.owner = share.partner.organisation
        project.current, project.previous = (*updates[project.id], None)[:2]
        found.append(project)
    return found
