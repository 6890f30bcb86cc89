"""Pages that are open in browsers refer to the static files of the release before."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

BACKEND = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def release(settings, tmp_path: Path) -> Callable[..., set[str]]:
    """Release these files and return the addresses of all that are there, `site.css` with its hash."""
    source, root = tmp_path / "source", tmp_path / "root"
    source.mkdir()
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = root
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": BACKEND}}

    def released(**files: str) -> set[str]:
        for path in source.iterdir():
            path.unlink()
        for name, text in files.items():
            (source / f"{name}.css").write_text(text * 300)
        staticfiles_storage._setup()  # type: ignore[attr-defined]  # it is lazy
        call_command("release_static", verbosity=0)
        return {path.name for path in root.iterdir() if path.suffix == ".css"}

    return released


def hashed(files: set[str]) -> set[str]:
    return {name for name in files if name.count(".") == 2}


def test_files__of_the_release_before_stay_and_older_ones_go(release):
    first = hashed(release(site="a{color:red}", old="b{}"))
    second = hashed(release(site="a{color:green}"))
    third = hashed(release(site="a{color:blue}"))

    assert (len(first), len(second), len(third)) == (2, 3, 2)
    assert first < second
    assert not first & third
    assert second & third == second - first


def test_same_release__again_keeps_the_one_before(release):
    release(site="a{color:red}")
    second = release(site="a{color:green}")

    assert release(site="a{color:green}") == second


def test_run__that_was_killed_is_made_good_by_the_next(release, monkeypatch):
    release(site="a{color:red}")
    with monkeypatch.context() as patch:
        patch.setattr("core.management.commands.release_static._prune", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            release(site="a{color:green}")

    again = release(site="a{color:green}")

    assert len(hashed(again)) == 2
    assert len(hashed(release(site="a{color:blue}"))) == 2
