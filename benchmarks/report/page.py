"""The page that the HTML peers fill; what comes out is the raw page, byte by byte."""

PAGE = (
    "<!DOCTYPE html><title>raw</title><table>"
    "{% for each in projects %}<tr><td>{{ each.title_words }}<td>{{ each.owner_words }}"
    "<td>{{ each.current.state }}<td>{{ each.current.day }}{% endfor %}</table>"
    "{% for each in projects %}<h2>{{ each.title_words }}</h2><p>{{ each.owner_words }}<p>{{ each.purpose_words }}"
    "{% if each.previous %}<h3>{{ each.previous.day }} {{ each.previous.state }}</h3><p>{{ each.previous.summary_words }}"
    "{% endif %}<h3>{{ each.current.day }} {{ each.current.state }}</h3><p>{{ each.current.summary_words }}"
    "<p>{{ each.current.achieved_words }}<p>{{ each.current.next_steps_words }}<p>{{ each.current.support_needs_words }}"
    "{% endfor %}"
)

#: the day up to which updates count
DAY = "2026-06-15"


def words(kept: dict[str, dict[str, dict[str, str]]]) -> str:
    """Set the words of all languages after each other."""
    return " | ".join(version["words"] for version in kept["versions"].values())
