"""A retired name still works for one version, and says what replaces it."""

import pytest

from consortium.retired import RetiredName, retired
from consortium.testing import Make
from consortium.testing.work import MakeWork


def test_a_retired_name_says_what_replaces_it_and_still_works() -> None:
    import consortium.making

    with pytest.warns(
        RetiredName, match=r"consortium\.making\.MakeWork goes with version 2\.0 of the plugin API; write "
    ) as told:
        found = consortium.making.MakeWork

    assert found is MakeWork
    assert told[0].filename == __file__, "the warning points at whoever uses the name"
    assert "consortium.testing.work.MakeWork" in str(told[0].message)


def test_the_warning_comes_also_where_the_name_is_imported() -> None:
    with pytest.warns(RetiredName) as told:
        from consortium.making import MakeWork as Found

    assert Found is MakeWork
    assert told[0].filename == __file__


def test_a_helper_is_made_for_any_module() -> None:
    find = retired("old_house", {"Make": ("consortium.testing.Make", "2.0")})

    with pytest.warns(RetiredName, match=r"old_house\.Make goes with .* write consortium\.testing\.Make\."):
        assert find("Make") is Make


def test_a_name_that_never_was_is_missing_as_ever() -> None:
    import consortium.making

    with pytest.raises(AttributeError, match=r"module 'consortium\.making' has no attribute 'Nothing'"):
        consortium.making.Nothing  # noqa: B018  # asking is the point
