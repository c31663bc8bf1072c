"""Who is let in where: every address has a rule for each method, and what has none is refused."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consortium.services.policy import Principal, Role, Verb, roles_for

#: tells by who asks, ``None`` for somebody who has not signed in, whether an address answers at all; what is shown or
#: changed there is for the services to permit
Rule = Callable[[Principal | None], bool]

#: an endpoint and a method
Door = tuple[str, str]


def anyone(_principal: Principal | None) -> bool:
    """Let everybody in, signed in or not."""
    return True


def nobody(_principal: Principal | None) -> bool:
    """Let nobody in."""
    return False


def signed_in(principal: Principal | None) -> bool:
    """Let in whoever has signed in."""
    return principal is not None


def staff(principal: Principal | None) -> bool:
    """Let the staff in."""
    return principal is not None and principal.role in {Role.ADMINISTRATOR, Role.STAFF}


def overseer(principal: Principal | None) -> bool:
    """Let in whoever sees all of the consortium: staff and auditors."""
    return staff(principal) or (principal is not None and principal.role is Role.AUDITOR)


def reporter(principal: Principal | None) -> bool:
    """Let in whoever tells how sub-projects stand: leads, and staff for them."""
    return staff(principal) or (principal is not None and principal.role is Role.LEAD)


@dataclass(frozen=True)
class Allowed:
    """Lets in whoever may do something to some record of a view's kind."""

    verb: Verb

    def of(self, kind: type) -> Rule:
        """Make the rule for one kind of record."""
        return lambda principal: principal is not None and principal.role in roles_for(self.verb, kind)


def rules_of(view: Any) -> Iterator[tuple[Door, Rule]]:
    """Walk the doors of a view, each with the rule that stands at its function."""
    for _address, name, methods in view._urls:  # Flask-Admin tells them nowhere else
        rules: Mapping[str, Rule | Allowed] = getattr(getattr(type(view), name), "rules", {})
        for method in methods:
            rule = rules.get(method, nobody)
            yield (f"{view.endpoint}.{name}", method), _for(rule, view)


def _for(rule: Rule | Allowed, view: Any) -> Rule:
    """Make a rule that asks about records one about those of the view."""
    return rule.of(view.model) if isinstance(rule, Allowed) else rule


#: the doors that are no function of a view of ours
OTHERS: dict[Door, Rule] = {("look.file", "GET"): anyone}


def collect(views: list[Any]) -> dict[Door, Rule]:
    """Collect the rules of all doors; those of Flask-Admin's that we do not open have none."""
    found = dict(OTHERS)
    for view in views:
        found.update(rules_of(view))
    return found
