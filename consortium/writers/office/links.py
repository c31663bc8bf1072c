"""The links of a document, and the headings to which they lead."""

import re
from dataclasses import dataclass, field

from consortium.writers.office.tree import Node, link, without_link

_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,38}", re.ASCII)


@dataclass
class Links:
    """The links met so far, and the places of the headings met so far."""

    _places: dict[str, str] = field(default_factory=dict)
    _links: list[tuple[Node, str]] = field(default_factory=list)

    def place(self, anchor: str) -> str:
        """Name the place of a heading: as the heading is called where every program takes that, else by a number.

        Nothing where it has no name, or another heading has it already.
        """
        if not anchor or anchor in self._places:
            return ""
        self._places[anchor] = anchor if _SAFE.fullmatch(anchor) else f"_place_{len(self._places)}"
        return self._places[anchor]

    def lead(self, node: Node, anchor: str) -> None:
        """Let the words of a paragraph lead to a heading, if there will be one."""
        (words,) = node["c"][1]
        made = link(words["c"], anchor)
        words["c"] = [made]
        self._links.append((made, anchor))

    def close(self) -> None:
        """Let every link lead to the place of its heading, or, where there is none, be plain words."""
        for node, anchor in self._links:
            if anchor in self._places:
                node["c"][2][0] = f"#{self._places[anchor]}"
            else:
                without_link(node)
