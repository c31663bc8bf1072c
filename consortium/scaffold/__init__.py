"""Writes a plugin to begin with: a distribution that installs, passes its own tests and brings a report."""

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from consortium import API_VERSION
from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.plugins.desk import GROUP
from consortium.plugins.inspecting import KEY
from consortium.texts.terms import term, terms

TEMPLATE = Path(__file__).with_name("template")

#: longer names make paths that some machines refuse
LONGEST = 30


def new_plugin(name: str, *, folder: Path | None = None, country: str = "") -> Path:
    """Write the distribution of a new plugin into a folder that is not there yet, as a whole or not at all.

    :param folder: where; else ``consortium-NAME``
    :param country: code of the country whose partners the report is about; all of them if not given
    :raises InvalidValue: if the name cannot be one, is taken, or the folder is there or cannot be written
    """
    check_name(name)
    if country and country not in terms("country"):
        told = _("“{code}” is no country that is known here. There are: {known}.")
        raise InvalidValue(told.fill(code=country[:40], known=", ".join(terms("country"))), "country")
    target = folder or Path(f"consortium-{name}")
    if target.exists():
        raise InvalidValue(_("{path} is there already. Choose another folder.").fill(path=str(target)), "folder")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent, prefix=".consortium-") as made:
            whole = Path(made) / "whole"
            _write(whole, name, country)
            whole.rename(target)
    except OSError as fault:
        told = _("{path} cannot be written: {reason}")
        raise InvalidValue(told.fill(path=str(target), reason=fault.strerror or str(fault)), "folder") from fault
    return target


def check_name(name: str) -> None:
    """Insist that a plugin can be called so.

    :raises InvalidValue: if it cannot, or if a plugin of that name is installed
    """
    if len(name) > LONGEST or not KEY.fullmatch(name) or not name.replace("-", "").isalnum() or name[0].isdigit():
        told = _(
            "“{name}” cannot be the name of a plugin. Write at most {most} small letters a–z and figures with hyphens between: coast-report."
        )
        raise InvalidValue(told.fill(name=name[:40], most=LONGEST), "name")
    if name in {entry.name for entry in entry_points(group=GROUP)} | {"consortium"}:
        raise InvalidValue(
            _("A plugin called “{name}” is installed already. Choose another name.").fill(name=name), "name"
        )


def _write(folder: Path, name: str, country: str) -> None:
    """Render every file of the template."""
    package = "consortium_" + name.replace("-", "_")
    room = Environment(loader=FileSystemLoader(TEMPLATE), undefined=StrictUndefined, keep_trailing_newline=True)  # noqa: S701  # Python and TOML, no page
    values = {
        "name": name,
        "package": package,
        "title": name.replace("-", " ").capitalize(),
        "class_name": "".join(part.capitalize() for part in name.split("-")) + "Report",
        "country": country,
        "countries": {tag: term("country", country, tag) for tag in ("nb", "sv", "en")} if country else {},
        "major": API_VERSION.partition(".")[0],
    }
    for source in _sources():
        path = folder / source.removesuffix(".jinja").replace("package", package)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(room.get_template(source).render(values), encoding="utf-8", newline="\n")


def _sources() -> Iterator[str]:
    """Walk the files of the template, by their paths in it."""
    yield from (path.relative_to(TEMPLATE).as_posix() for path in sorted(TEMPLATE.rglob("*.jinja")))
