"""The agendas of gatherings."""

from collections.abc import Mapping

from consortium.errors import ConsortiumError
from consortium.i18n.message import _
from consortium.models import AgendaItem
from consortium.services.codes import known_key
from consortium.services.gatherings import find_gathering, next_place
from consortium_admin.views.record import RecordView
from consortium_admin.visit import visit


class AgendaView(RecordView):
    """The items of agendas, on the pages of their gatherings."""

    kind = AgendaItem
    at = "agenda"
    new = _("New item")
    cells = ("gathering", "place", "minutes", "contributor")
    whole = "gathering"

    def proposed(self, given: Mapping[str, str]) -> dict[str, str]:
        """Propose the next number in the agenda of the gathering."""
        here = visit()
        try:
            key = known_key(given.get("gathering", ""))
            gathering = find_gathering(here.session, here.principal, consortium=here.consortium, key=key)
        except ConsortiumError:  # the form tells what is wrong with it
            return {}
        return {"place": str(next_place(here.session, here.principal, gathering=gathering))}
