"""``consortium init``: makes the database, or brings it up to date."""

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.i18n.message import _


@spoken("init", _("Make the database, or bring an older one up to date. Harmless when it is ready."))
@pass_setting
def command(setting: Setting) -> None:
    """Make the database ready."""
    setting.database.prepare()
    setting.say(_("The database {url} is ready.").fill(url=setting.database.shown))
