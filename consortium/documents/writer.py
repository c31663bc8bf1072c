"""What a writer is: it turns a document into a file of one format."""

from abc import ABC, abstractmethod
from typing import BinaryIO, ClassVar

from consortium.documents.blocks import Document


class Writer(ABC):
    """Writes documents in one format; the same document gives the same bytes."""

    #: what the format is called on the command line, and the ending of its files
    key: ClassVar[str]
    media_type: ClassVar[str]

    @abstractmethod
    def write(self, document: Document, file: BinaryIO) -> None:
        """Write ``document`` into ``file``, which is open for bytes."""
