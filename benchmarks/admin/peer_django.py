"""Django's admin with modeltranslation, tuned as its documentation recommends."""

import sys
from typing import Any
from urllib.parse import urlencode

from benchmarks.admin.worker import Ask, Form, draft_of, turns

try:
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
except ImportError:
    pass

import django  # it must find the same SQLite as the others
from django.conf import settings  # as above

FIELDS = ("summary", "achieved", "next_steps", "support_needs")
TEXTS = tuple(f"{field}_{language}" for field in FIELDS for language in ("nb", "sv"))


def set_up(peers: str, labels: dict[str, str]) -> type[Any]:
    """Set Django up in this process: the models on the tables of the peers, and their admin."""
    settings.configure(
        SECRET_KEY="only for the benchmark",  # noqa: S106  # nobody else reaches it
        ALLOWED_HOSTS=["testserver"],
        ROOT_URLCONF="benchmarks.admin.peer_django",
        DATABASES={"default": {**_database(peers), "CONN_MAX_AGE": None}},
        INSTALLED_APPS=[
            "modeltranslation",
            *(f"django.contrib.{name}" for name in ("admin", "auth", "contenttypes", "sessions", "messages")),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        LANGUAGE_CODE="nb",
        LANGUAGES=[("nb", "nb"), ("sv", "sv")],
        MODELTRANSLATION_AUTO_POPULATE=False,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        STATIC_URL="/static/",
    )
    django.setup()
    return _models(labels)


def _database(peers: str) -> dict[str, Any]:
    """Say where the tables of the peers are: a file, or a schema of a database of PostgreSQL."""
    if not peers.startswith("postgresql"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": peers}
    from psycopg.conninfo import conninfo_to_dict

    told = conninfo_to_dict(peers, options="-c search_path=peers")
    return {"ENGINE": "django.db.backends.postgresql", "NAME": told.pop("dbname"), "OPTIONS": told}


def _models(labels: dict[str, str]) -> type[Any]:
    from django.contrib import admin
    from django.db import models
    from modeltranslation.admin import TranslationAdmin
    from modeltranslation.translator import TranslationOptions, translator

    class Own:
        app_label = "admin"
        managed = False

    class Partner(models.Model):
        key, name, country = models.TextField(), models.TextField(), models.TextField()

        class Meta(Own):
            db_table = "peer_partner"

        def __str__(self) -> str:
            return str(self.name)

    class SubProject(models.Model):
        key, title = models.TextField(), models.TextField()
        partner = models.ForeignKey(Partner, models.CASCADE)
        place = models.IntegerField()
        state = models.TextField(choices=list(labels.items()))
        reported = models.DateField()

        class Meta(Own):
            db_table = "peer_sub_project"
            ordering = ("place",)

        def __str__(self) -> str:
            return str(self.title)

    class Update(models.Model):
        key = models.TextField()
        sub_project = models.ForeignKey(SubProject, models.CASCADE)
        day = models.DateField()
        state = models.TextField(choices=list(labels.items()))
        workflow = models.TextField()
        summary, achieved = models.TextField(), models.TextField()
        next_steps, support_needs = models.TextField(), models.TextField()

        class Meta(Own):
            db_table = "peer_update"
            ordering = ("-id",)

    translator.register(SubProject, type("Titles", (TranslationOptions,), {"fields": ("title",)}))
    translator.register(Update, type("Texts", (TranslationOptions,), {"fields": FIELDS}))

    class Projects(TranslationAdmin):
        list_display = ("key", "title", "partner", "state", "reported")
        list_select_related = ("partner",)
        list_per_page = 50
        show_full_result_count = False
        list_filter = ("state",)
        autocomplete_fields = ("partner",)
        search_fields = ("key",)

        def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
            return lookup == "partner__key" or bool(super().lookup_allowed(lookup, value, request))

    class Updates(TranslationAdmin):
        list_display = ("key", "sub_project", "day", "summary_nb", "summary_sv")
        list_select_related = ("sub_project",)
        list_per_page = 50
        show_full_result_count = False
        search_fields = ("summary_nb", "summary_sv")
        autocomplete_fields = ("sub_project",)

    class Partners(admin.ModelAdmin):
        search_fields = ("name",)

    admin.site.register(Partner, Partners)
    admin.site.register(SubProject, Projects)
    admin.site.register(Update, Updates)
    return Update


class Django:
    """Django's admin, asked as a browser asks."""

    def __init__(self, case: dict[str, Any], peers: str) -> None:
        self.case, self._turns = case, turns()
        set_up(peers, case["labels"])
        from django.core.management import call_command
        from django.test import Client

        _add_addresses()
        call_command("migrate", verbosity=0)
        from django.contrib.auth.models import User

        user = User.objects.filter(username="bench").first() or User.objects.create_superuser("bench", "", "bench")
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(user)

    def count(self) -> list[str]:
        """Return the statements that were sent since the last time."""
        from django.db import connection

        connection.force_debug_cursor = True
        found = [each["sql"] for each in connection.queries_log]
        connection.queries_log.clear()
        return found

    def prepare(self, job: str) -> Ask:
        """Make ready what a visitor has before them."""
        case = self.case
        if job == "save":
            return self._save()
        filtered = urlencode({"state__exact": case["state"], "partner__key": case["partner"]})
        address = {
            "list": "/admin/admin/subproject/",
            "middle": f"/admin/admin/subproject/?p={case['before'] // 50 + 1}",
            "filter": f"/admin/admin/subproject/?{filtered}",
            "edit": f"/admin/admin/update/{case['drafts'][0]['id']}/change/",
        }.get(job) or f"/admin/admin/update/?{urlencode({'q': case.get(job, '')})}"
        return lambda: self._read(address)

    def _read(self, address: str) -> tuple[int, str]:
        found = self.client.get(address)
        return found.status_code, found.content.decode()

    def _save(self) -> Ask:
        turn = next(self._turns)
        draft = draft_of(self.case["drafts"], turn)
        address = f"/admin/admin/update/{draft['id']}/change/"
        fields = Form(self._read(address)[1]).fields | {"summary_nb": f"{draft['summary']} {turn}."}

        def send() -> tuple[int, str]:
            found = self.client.post(address, data=fields)
            return found.status_code, found.content.decode()

        return send


urlpatterns: list[Any] = []


def _add_addresses() -> None:
    from django.contrib import admin
    from django.urls import path

    urlpatterns.append(path("admin/", admin.site.urls))


def open_peer(url: str, case: dict[str, Any], peers: str) -> Django:  # as the other peers
    """Open Django's admin on the tables of the peers."""
    return Django(case, peers)
