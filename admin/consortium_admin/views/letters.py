"""Letters that pages write, and what the pages say of whom they reach."""

from dataclasses import replace

from flask import current_app, flash

from consortium.i18n.message import Listed, Message, _
from consortium.services.addresses import Letterhead, letterhead
from consortium.services.leads import Written
from consortium_admin.visit import visit


def own_letterhead() -> Letterhead:
    """Return the head of our letters, with the address under which this app is reached."""
    return replace(letterhead(), web=current_app.config["CONSORTIUM_ADDRESS"])


def tell_written(written: Written, reached: Message) -> None:
    """Tell staff whom letters reach, whom they do not, and whom there is to tell otherwise.

    :param reached: what is said of those whom they reach, with a place for ``names``
    """
    if written.reached:
        _say(reached, written.reached)
    if written.spared:
        _say(_("A link was sent to {names} a moment ago, so not again."), written.spared)
    if written.unreachable:
        _say(
            _("No address is known of {names}, so no letter could be written there."),
            written.unreachable,
            is_wrong=True,
        )
    if written == Written((), ()):
        _say(
            _("Nobody leads the sub-project, so that no letter was written. Give somebody the capacity."), is_wrong=True
        )


def _say(told: Message, names: tuple[str, ...] = (), *, is_wrong: bool = False) -> None:
    listed = Listed("", values={str(place): name for place, name in enumerate(names)})
    flash((told.fill(names=listed) if names else told).say(visit().language), "error" if is_wrong else "message")
