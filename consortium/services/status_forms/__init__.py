"""The form by which a status is reported: what it shows, and how it is kept as a whole or not at all.

Its fields are plain words by name: ``state``, ``day``, ``language`` (in which is written), each text of a status by its
name and its translations as ``summary.sv``, ``reading.7`` and ``milestone.7`` by the number of the record.
"""

from consortium.services.status_forms.foretelling import Foretold, foretell
from consortium.services.status_forms.saving import Kept, save_status
from consortium.services.status_forms.screen import Comment, Figure, Said, Screen, Step, screen_of
from consortium.services.status_forms.sent import SentStatus, sent_by_link, sent_status
from consortium.services.status_forms.work import TEXTS

__all__ = [
    "TEXTS",
    "Comment",
    "Figure",
    "Foretold",
    "Kept",
    "Said",
    "Screen",
    "SentStatus",
    "Step",
    "foretell",
    "save_status",
    "screen_of",
    "sent_by_link",
    "sent_status",
]
