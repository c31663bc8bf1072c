"""Tells once more, in a process of its own, what a plugin tells: a digest a line (``python -m consortium.proving.again``)."""

import sys

from consortium.proving.documents import digests
from consortium.proving.trial import Trial


def main(name: str) -> None:
    """Print a digest of each document of the plugin, and what it is."""
    for told, digest in digests(Trial(name)):
        sys.stdout.buffer.write(f"{digest}\t{told}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
