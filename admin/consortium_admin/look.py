"""What the pages look like: Bootstrap, the report's stylesheet, our own, and the fonts, from the packages they lie in."""

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, abort, send_file

#: every file that is served: the package it lies in, and where in it
FILES = {
    "bootstrap.css": ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css"),
    "tokens.css": ("consortium.writers", "tokens.css"),
    "report.css": ("consortium.writers", "report.css"),
    "consortium.css": ("consortium_admin", "static/consortium.css"),
    "status.css": ("consortium_admin", "static/status.css"),
    "drafts.js": ("consortium_admin", "static/drafts.js"),
    "status.js": ("consortium_admin", "static/status.js"),
    "reports.css": ("consortium_admin", "static/reports.css"),
    "work.css": ("consortium_admin", "static/work.css"),
    "approvals.js": ("consortium_admin", "static/approvals.js"),
    "fold.js": ("consortium_admin", "static/fold.js"),
    "accounts.css": ("consortium_admin", "static/accounts.css"),
    "accounts.js": ("consortium_admin", "static/accounts.js"),
    "forms.css": ("consortium_admin", "static/forms.css"),
    "forms.js": ("consortium_admin", "static/forms.js"),
    "plugins.css": ("consortium_admin", "static/plugins.css"),
    "search.css": ("consortium_admin", "static/search.css"),
    "icon.svg": ("consortium_admin", "static/icon.svg"),
    "sans.otf": ("font_source_sans_pro", "files/SourceSansPro-Regular.otf"),
    "sans-italic.otf": ("font_source_sans_pro", "files/SourceSansPro-It.otf"),
    "sans-semibold.otf": ("font_source_sans_pro", "files/SourceSansPro-Semibold.otf"),
    "sans-semibold-italic.otf": ("font_source_sans_pro", "files/SourceSansPro-SemiboldIt.otf"),
    "serif.otf": ("font_source_serif_pro", "files/SourceSerifPro-Regular.otf"),
    "serif-italic.otf": ("font_source_serif_pro", "files/SourceSerifPro-It.otf"),
}

look = Blueprint("look", __name__)


@look.get("/look/<name>")
def file(name: str) -> Response:
    """Serve one of the files; the browser asks again only whether it has changed."""
    if name not in FILES:
        abort(404)
    package, path = FILES[name]
    try:
        return send_file(Path(str(files(package).joinpath(path))))
    except (ModuleNotFoundError, FileNotFoundError):
        abort(404)  # without the fonts' packages the page shows in the fonts of the machine
