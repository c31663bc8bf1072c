"""The front desk: finds plugins, types their answers, contains their faults."""

from consortium.plugins.desk import FrontDesk, front_desk
from consortium.plugins.plugin import RESIDENTS, Plugin

__all__ = ["RESIDENTS", "FrontDesk", "Plugin", "front_desk"]
