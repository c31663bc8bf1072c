"""Pages: what a plugin tells in the admin, as a document made from facts."""

from typing import ClassVar, Literal

from consortium.variants.base import ReportVariant

#: who may open a page: everybody who has an account, staff and auditors, or the staff alone
Readers = Literal["everyone", "overseers", "staff"]


class Page(ReportVariant):
    """A document that is read in the admin and is no report; nobody may open it unless it says who.

    :cvar readers: who may open it; ``None`` keeps it closed
    """

    readers: ClassVar[Readers | None] = None
