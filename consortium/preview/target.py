"""Which plugin is shown: its name, its module, and where its files lie."""

import tomllib
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from consortium.errors import InvalidValue, NotFound
from consortium.i18n.message import _
from consortium.plugins.desk import GROUP

#: what is looked at, by the endings of the names
WATCHED = frozenset({".py", ".po", ".toml", ".json", ".csv", ".txt"})


@dataclass(frozen=True)
class Target:
    """A plugin that is shown.

    :ivar module: import name of its module
    :ivar folder: of its files
    :ivar path: where the module is imported from, if it is not installed
    """

    name: str
    module: str
    folder: Path
    path: str = ""

    def state(self) -> dict[str, tuple[int, int]]:
        """Tell when each of its files was saved, and how large it is."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            hidden = any(part.startswith((".", "__pycache__")) for part in path.relative_to(self.folder).parts)
            if path.suffix in WATCHED and not hidden:
                try:
                    kept = path.stat()
                except OSError:  # it is just being written anew
                    continue
                found[str(path)] = (kept.st_mtime_ns, kept.st_size)
        return found


def find_target(name: str) -> Target:
    """Find a plugin by the folder of its distribution, or by its name where it is installed.

    :raises NotFound: if there is none
    :raises InvalidValue: if the folder holds no plugin
    """
    folder = Path(name)
    if folder.is_dir():
        return _in_folder(folder.resolve())
    installed = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in installed:
        told = _("There is no folder and no plugin “{name}”. Installed are: {known}.")
        raise NotFound(told.fill(name=name[:80], known=", ".join(sorted(installed)) or "–"))
    module = installed[name].value.partition(":")[0]
    spec = find_spec(module.partition(".")[0])
    if spec is None or spec.origin is None:
        told = _("The plugin “{name}” is installed, but its module {module} is not there. Install it again.")
        raise NotFound(told.fill(name=name, module=module))
    return Target(name, module, Path(spec.origin).parent)


def _in_folder(folder: Path) -> Target:
    try:
        kept = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
        ((name, value), *_others) = kept["project"]["entry-points"][GROUP].items()
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as fault:
        told = _(
            "{path} holds no plugin: its pyproject.toml names none under [project.entry-points.{group}]. Begin one with “consortium plugin new”."
        )
        raise InvalidValue(told.fill(path=str(folder), group=GROUP)) from fault
    return Target(str(name), str(value).partition(":")[0], folder, str(folder))
