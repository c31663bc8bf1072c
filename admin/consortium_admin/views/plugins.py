"""Plugins: what each brings, where it is on, what went wrong lately; and the form by which staff switch it."""

from typing import Any

from flask import flash, redirect, request, url_for

from consortium.errors import InvalidValue, NotFound
from consortium.i18n.message import Message, _
from consortium.plugins import front_desk
from consortium.plugins.described import Described, describe
from consortium.services.switch_words import standing
from consortium.services.switches import switch, switch_history
from consortium_admin.plugged import all_partners, places, show, tell, things
from consortium_admin.rules import overseer, staff
from consortium_admin.showing import SAYING
from consortium_admin.views.neighbours import NeighbourView
from consortium_admin.views.page import page
from consortium_admin.visit import visit

#: what can be said in the form: on, off, or nothing of one's own any more
ON, OFF, BACK = "on", "off", "back"

_SAID: dict[str, bool | None] = {ON: True, OFF: False, BACK: None}

_STATES = {ON: _("On"), OFF: _("Off"), BACK: _("As the wider place says: take back what was said here")}


class PluginsView(NeighbourView):
    """The list of plugins, and the page on which one is switched."""

    def __init__(self) -> None:
        super().__init__(endpoint="plugins", url="/plugins")

    @page("/", may=overseer)
    def index(self) -> str:
        """List what can be switched, or does not load, with all that is to be said of it; and what is always on in short."""
        shown = show(describe(front_desk()))
        return self.render(
            "admin/plugins/list.html",
            guests=[each for each in shown if each.is_guest],
            others=[each for each in shown if not each.is_guest],
            may_switch=staff(visit().principal),
            moment=SAYING["moment"],
        )

    @page("/switch/", may=staff, post=staff)
    def switch(self) -> Any:
        """Say what switching a plugin means, and switch it; what was said before is told beneath."""
        one = _asked()
        if request.method == "GET":
            return self._form(one, request.args)
        try:
            told = _switch(one)
        except (InvalidValue, NotFound) as fault:
            return self._form(one, request.form, fault), 400
        flash(told.say(visit().language))
        return redirect(url_for("plugins.index", _anchor=f"plugin-{one.plugin.name}"), code=303)

    def _form(self, one: Described, said: Any, fault: InvalidValue | NotFound | None = None) -> str:
        here, partners = visit(), all_partners()
        history = switch_history(here.session, here.principal, consortium=here.consortium, plugin=one.plugin.name)
        counting = {word.number for word in standing(here.switches, one.plugin.name)}
        return self.render(
            "admin/plugins/switch.html",
            plugin=one.plugin,
            things=things(one),
            places=places(partners),
            states=[(state, here.speech.say(words)) for state, words in _STATES.items()],
            said={name: said.get(name, "") for name in ("thing", "place", "state")},
            fault=fault,
            wrong=getattr(fault, "field", "") or "thing",
            history=[tell(one.brought, word, partners, is_kept=word.number in counting) for word in history],
        )


def _asked() -> Described:
    """Find the plugin that the address names.

    :raises NotFound: if there is none, or nothing of it can be switched
    """
    name = request.args.get("id", "")
    for each in describe(front_desk()):
        if each.plugin.name == name and each.is_switched:
            return each
    raise NotFound(_("There is no such plugin."))


def _switch(one: Described) -> Message:
    """Switch what the form says, and say what became of it.

    :raises InvalidValue: if nobody can choose that
    """
    here, said = visit(), request.form
    kind, _colon, key = said.get("place", "").partition(":")
    if said.get("state", "") not in _SAID or kind not in {"", "partner", "country"}:
        raise InvalidValue(_("Choose whether it is on or off."), "state")
    with here.write() as session:
        is_changed = switch(
            session,
            here.principal,
            consortium=here.home(session),
            plugin=one.plugin.name,
            variant=said.get("thing", ""),
            partner=key if kind == "partner" else "",
            country=key if kind == "country" else "",
            is_on=_SAID[said["state"]],
        )
    if not is_changed:
        return _("It stood so already; nothing was changed.")
    told = {
        ON: _("{name} was switched on."),
        OFF: _("{name} was switched off."),
        BACK: _("What was said of {name} there was taken back."),
    }
    return told[said["state"]].fill(name=one.plugin.name)
