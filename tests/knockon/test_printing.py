"""Pages as PDF: which browser is taken, what is done without one, and what it prints."""

from __future__ import annotations

import shutil
import stat
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import FileError, MissingExtraError
from knockon import printing
from knockon.printing import find_browser, print_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = "<!doctype html><html lang=en-GB><title>t</title><h1>Report to the board</h1></html>"


def make_program(path: Path, script: str = "#!/bin/sh\nexit 0\n") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give a machine without any browser, and a folder on its PATH."""
    for variable in ("KNOCKON_CHROMIUM", "PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(printing, "_MAC", (str(tmp_path / "mac" / "Microsoft Edge"),))
    return folder


def test_a_browser_on_the_path_is_found(bare: Path) -> None:
    assert find_browser() is None
    edge = make_program(bare / "microsoft-edge")
    assert find_browser() == edge
    assert find_browser() != make_program(bare / "chrome")


def test_the_variable_goes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_program(bare / "chromium")
    other = make_program(bare.parent / "other")
    monkeypatch.setenv("KNOCKON_CHROMIUM", other)
    assert find_browser() == other


@pytest.mark.usefixtures("bare")
def test_a_variable_that_leads_nowhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOCKON_CHROMIUM", "nowhere-chromium")
    with pytest.raises(FileError, match='KNOCKON_CHROMIUM names "nowhere-chromium"'):
        find_browser()


def test_edge_is_found_where_windows_keeps_it(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = bare.parent / "Programs (x86)"
    edge = make_program(folder / "Microsoft" / "Edge" / "Application" / "msedge.exe")
    monkeypatch.setenv("PROGRAMFILES(X86)", str(folder))
    assert find_browser() == edge


@pytest.mark.usefixtures("bare")
def test_edge_is_found_where_a_mac_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = make_program(tmp_path / "mac" / "Microsoft Edge")
    assert find_browser() is None
    monkeypatch.setattr(sys, "platform", "darwin")
    assert find_browser() == edge


@pytest.mark.usefixtures("bare")
def test_without_a_browser_weasyprint_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(string: str) -> Any:
        assert string == PAGE
        return SimpleNamespace(write_pdf=lambda: b"%PDF-by-weasyprint")

    monkeypatch.setitem(sys.modules, "weasyprint", SimpleNamespace(HTML=make))
    assert print_page(PAGE) == b"%PDF-by-weasyprint"


@pytest.mark.usefixtures("bare")
def test_without_either_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingExtraError, match=r'Chromium, Edge or Chrome.*"knockon\[pdf\]"'):
        print_page(PAGE)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 1\n", "#!/no/such/shell\n"])
def test_a_browser_that_prints_nothing_is_told(
    script: str, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = make_program(bare / "chromium", script)
    monkeypatch.setenv("KNOCKON_CHROMIUM", broken)
    with pytest.raises(FileError, match="did not print the report: name another"):
        print_page(PAGE)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
@pytest.mark.parametrize(("user", "sandboxed"), [(0, False), (1000, True)])
def test_the_sandbox_stays_on_but_for_root(
    user: int, sandboxed: bool, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    echo = shutil.which("echo", path="/usr/bin:/bin")
    script = (
        "#!/bin/sh\nfor one; do case $one in --print-to-pdf=*) file=${one#*=};; esac; done\n"
        f'{echo} "$@" > "$file"\n'
    )
    monkeypatch.setenv("KNOCKON_CHROMIUM", make_program(bare / "chromium", script))
    monkeypatch.setattr("os.geteuid", lambda: user)
    flags = print_page(PAGE).decode().split()
    assert ("--no-sandbox" not in flags) is sandboxed
    assert "--headless" in flags
    assert any(one.startswith("--user-data-dir=") for one in flags)


def test_a_real_browser_prints_a_pdf_that_can_be_read(
    chromium: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    import io  # noqa: PLC0415

    monkeypatch.setenv("KNOCKON_CHROMIUM", str(chromium))
    content = print_page(PAGE)
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content  # tagged: read out in order
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert "Report to the board" in pdf.pages[0].extract_text()


def test_the_command_writes_one(
    chromium: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from knockon.reporting import write_report  # noqa: PLC0415
    from tests.viz.papers import whatif_paper  # noqa: PLC0415

    monkeypatch.setenv("KNOCKON_CHROMIUM", str(chromium))
    path = tmp_path / "report.pdf"
    make: Callable[..., tuple[str, ...]] = write_report
    assert make(whatif_paper(), path) == ()
    assert path.read_bytes().startswith(b"%PDF-")
