"""Posts: what takes a letter out of the house, and which one is meant."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from consortium.jobs.taking import Taken

#: where letters lie that nobody sends
DEFAULT_FOLDER = "var/mail"


class Refused(Exception):
    """A post has surely not taken a letter, and says why; anything else that it raises leaves that open.

    :ivar is_final: tells whether it never will, for a reason that lies in the letter or its address
    """

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


class Post(Protocol):
    """Takes letters, one at a time."""

    def send(self, taken: Taken, sender: str) -> None:
        """Take a letter from ``sender`` to its address.

        :raises Refused: if it has surely not been taken
        """


def post_by_setting(environment: Mapping[str, str] = os.environ) -> Post:
    """Choose the post that the environment names: a mail server if it does, else a folder.

    :raises InvalidValue: if the address of the server cannot be read
    """
    if url := environment.get("CONSORTIUM_SMTP_URL"):
        from consortium.jobs.smtp import SmtpPost, smtp_setting

        return SmtpPost(smtp_setting(url))
    from consortium.jobs.folder import FolderPost

    return FolderPost(Path(environment.get("CONSORTIUM_MAIL_FOLDER") or DEFAULT_FOLDER))
