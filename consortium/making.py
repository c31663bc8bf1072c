"""What made records of the work for tests until the test kit became a package; :mod:`consortium.testing` has it now."""

from consortium.retired import retired

__getattr__ = retired(__name__, {"MakeWork": ("consortium.testing.work.MakeWork", "2.0")})
