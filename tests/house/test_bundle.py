"""The bundle for Windows: what is in it, that it is whole, and what its installer does.

The wheels are fetched once, for one Python: where that is not possible those tests skip, unless
KNOCKON_REQUIRE_BUNDLE=1 says that they must run. The command files cannot run here: they are held
to what can be read from them. The installer itself is run, on small wheels made here.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from packaging.requirements import Requirement

from tests.conftest import report_absence
from tools.bundle.build import PLATFORM, PYTHONS, gather_files, make_bundle, write_zip
from tools.bundle.wheels import Wheel, read_pins, read_wheel, windows_markers

ROOT = Path(__file__).resolve().parents[2]
PAYLOAD = ROOT / "tools" / "bundle" / "payload"
LOCK = (ROOT / "requirements" / "bundle.txt").read_text(encoding="utf-8")
COMMANDS = sorted(PAYLOAD.rglob("*.cmd"))
PYTHON = "3.13"
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"

#: Windows allows 259 characters; a long name of a user, and where their programs go.
LONGEST_PATH = 259
HOME = r"C:\Users\firstname.middlename.lastname01\AppData\Local\Programs\knockon\lib" + "\\"


def run(*command: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, check=False, text=True, env={**os.environ, **environ}
    )


# -- what the lock names


@pytest.mark.parametrize("python", PYTHONS)
def test_pins_are_those_of_windows(python: str) -> None:
    pins = read_pins(LOCK, windows_markers(python))
    named = [line for line in pins.splitlines() if not line.startswith(" ")]
    names = [Requirement(line.rstrip("\\ ")).name for line in named]
    assert len(set(names)) == len(names)
    # IPython wants colorama on Windows and pexpect elsewhere; it says so itself.
    assert "colorama" in names
    assert not {"pexpect", "ptyprocess", "weasyprint", "distributed", "pytest"} & set(names)
    assert {"pdfplumber", "python-docx", "mpxj", "fastapi", "uvicorn", "numba"} <= set(names)
    assert all("--hash=sha256:" in part for part in re.split(r"(?m)^(?=\S)", pins)[1:])
    assert ";" not in pins


def test_an_older_python_gets_the_versions_it_can_run() -> None:
    lines = {python: read_pins(LOCK, windows_markers(python)) for python in ("3.11", "3.12")}
    numpy = {
        python: re.search(r"^numpy==(\d+\.\d+)", pins, re.MULTILINE)
        for python, pins in lines.items()
    }
    assert all(numpy.values())
    assert {python: found and found[1] for python, found in numpy.items()} == {
        "3.11": "2.4",
        "3.12": "2.5",
    }


# -- the command files, as far as they can be read


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.name)
def test_command_file_is_plain(path: Path) -> None:
    text = path.read_text(encoding="ascii")
    lines = text.splitlines()
    assert lines[0] == "@echo off"
    assert lines[1].startswith("rem ")
    words = set(re.findall(r"[a-z0-9]+", text.lower()))
    assert not words & {"runas", "reg", "setx", "powershell", "curl", "certutil", "msiexec", "net"}
    labels = re.findall(r"^:(\w+)", text, re.MULTILINE)
    assert sorted(set(re.findall(r"goto (\w+)", text))) == sorted(labels)
    for line in lines:
        if line.startswith(("rem ", "echo ")):
            continue
        assert line.count('"') % 2 == 0
        outside = "".join(line.split('"')[::2])
        # A folder of Windows may hold blanks and brackets: it stands inside quotation marks.
        assert not re.search(r"%~|%(?:LOCALAPPDATA|USERPROFILE|CHECK|PATH)%", outside)


def test_uninstaller_removes_what_the_installer_wrote_and_no_more() -> None:
    text = (PAYLOAD / "commands" / "uninstall.cmd").read_text(encoding="ascii")
    removed = re.findall(r"\b(?:del|rmdir)\b([^&\n]*)", text)
    trees = [one for one in removed if "/s" in one]
    assert trees == [' /s /q "lib"', ' /s /q "%%~K"']
    assert text.index('if not exist "knockon-install.json" goto missing') < text.index("rmdir")
    files = set(re.findall(r'"([\w.-]+\.(?:cmd|json))"', text))
    assert files == {"knockon-install.json", "knockon.cmd", "window.cmd"}
    assert 'in ("%LOCALAPPDATA%\\knockon\\kernels-*")' in text


# -- the installer, run on wheels made here


def make_wheel(folder: Path, name: str, files: dict[str, str], needs: str = "") -> Path:
    """Write a wheel of these files."""
    info = f"{name}-0.1.0.dist-info"
    about = f"Metadata-Version: 2.4\nName: {name}\nVersion: 0.1.0\nLicense-Expression: MIT\n"
    files = files | {
        f"{info}/METADATA": about + (f"Requires-Dist: {needs}\n" if needs else ""),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [f"{path},sha256={_digest(text)},{len(text.encode())}\n" for path, text in files.items()]
    target = folder / f"{name}-0.1.0-py3-none-any.whl"
    with ZipFile(target, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        archive.writestr(f"{info}/RECORD", "".join([*rows, f"{info}/RECORD,,\n"]))
    return target


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


@pytest.fixture(scope="module")
def small_wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Wheel, ...]:
    """Wheels that stand in for the real ones: the same names to import, next to nothing in them."""
    folder = tmp_path_factory.mktemp("wheels")
    ours = {
        "knockon/__init__.py": "",
        "knockon/__main__.py": "import sys, helper; print(helper.said, *sys.argv[1:])",
        "knockon/cli/__init__.py": "",
        "knockon/cli/main.py": "import helper",
    }
    stand_ins = {f"{name}.py": "" for name in ("numba", "pandas", "pydantic", "vl_convert")}
    paths = (
        make_wheel(folder, "knockon", ours, needs="helper"),
        make_wheel(folder, "helper", {"helper.py": "said = 'here'", **stand_ins}),
    )
    return tuple(map(read_wheel, paths))


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has pip, which an environment made by uv has not."""
    if importlib.util.find_spec("pip") is not None:
        return Path(sys.executable)
    folder = tmp_path_factory.mktemp("pip") / "venv"
    made = run(sys.executable, "-m", "venv", folder)
    if made.returncode:
        report_absence("no pip and no venv module", required_by="KNOCKON_REQUIRE_BUNDLE")
    return folder / "bin" / "python"


def unpack(folder: Path, wheels: tuple[Wheel, ...], platform: str = "", python: str = HERE) -> Path:
    """Unpack a bundle of these wheels into a folder with a blank in its name."""
    named = platform or sysconfig.get_platform()
    folder.mkdir()
    write_zip(folder / "b.zip", "the bundle", gather_files(wheels, python=python, platform=named))
    with ZipFile(folder / "b.zip") as archive:
        archive.extractall(folder)
    return folder / "the bundle"


def test_installs_starts_and_installs_again(
    small_wheels: tuple[Wheel, ...], python: Path, tmp_path: Path
) -> None:
    bundle = unpack(tmp_path / "a", small_wheels)
    home = tmp_path / "Programs (mine)" / "knockon"
    # A package server in the settings is not asked: this one would be waited for in vain.
    settings = {"PIP_INDEX_URL": "http://nowhere.invalid/", "PIP_REQUIRE_VIRTUALENV": "1"}
    for _ in range(2):
        done = run(python, bundle / "install.py", "--into", home, **settings)
        assert done.returncode == 0, done.stderr
        assert "knockon is installed. What to do next:" in done.stdout
        assert str(home) in done.stdout
    assert {path.name for path in home.iterdir()} == {
        "knockon-install.json",
        "knockon.cmd",
        "lib",
        "uninstall.cmd",
        "window.cmd",
    }
    launcher = (home / "knockon.cmd").read_bytes().decode("utf-8")
    command = re.search(r'^"(.+)" (.+) %\*\r$', launcher, re.MULTILINE)
    assert command is not None
    assert 'set "PYTHONPATH=%~dp0lib"\r\n' in launcher
    started = run(command[1], *command[2].split(), "demo", PYTHONPATH=str(home / "lib"))
    assert started.stdout == "here demo\n", started.stderr


def test_the_launcher_sees_nothing_but_what_was_installed(tmp_path: Path) -> None:
    text = (PAYLOAD / "commands" / "knockon.cmd").read_text(encoding="ascii")
    flags = re.search(r'"\{executable\}" (.+) -m knockon', text)
    assert flags is not None
    (tmp_path / "queries.py").write_text("", encoding="utf-8")
    code = "import importlib.util as u; print([n for n in ('queries', 'pytest') if u.find_spec(n)])"
    seen = subprocess.run(
        [sys.executable, *flags[1].split(), "-c", code],
        capture_output=True,
        check=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert seen.stdout == "[]\n"


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("cut", r"helper-0\.1\.0-py3-none-any\.whl is damaged"),
        ("gone", "1 of the packages is missing"),
        ("bare", "bundle.json is missing: unpack the whole zip file"),
        ("python", r"This bundle is for Python 3\.99, and this is Python"),
        ("platform", "This bundle is for win-amd64, and this Python is for"),
        ("foreign", "holds files that are not knockon's"),
        ("broken", "knockon was installed and does not start: .*No module named"),
    ],
)
def test_what_cannot_be_installed_is_said_in_a_sentence(
    small_wheels: tuple[Wheel, ...], python: Path, tmp_path: Path, harm: str, said: str
) -> None:
    home = tmp_path / "home"
    wheels = small_wheels
    if harm == "broken":
        bare = make_wheel(tmp_path, "helper", {"helper.py": ""})
        wheels = (small_wheels[0], read_wheel(bare))
    bundle = unpack(
        tmp_path / "a",
        wheels,
        platform=PLATFORM if harm == "platform" else "",
        python="3.99" if harm == "python" else HERE,
    )
    helper = bundle / "wheels" / "helper-0.1.0-py3-none-any.whl"
    if harm == "cut":
        helper.write_bytes(helper.read_bytes()[:-9])
    elif harm == "gone":
        helper.unlink()
    elif harm == "bare":
        (bundle / "bundle.json").unlink()
    elif harm == "foreign":
        home.mkdir()
        (home / "thesis.txt").write_text("ten years of work", encoding="utf-8")
    done = run(python, bundle / "install.py", "--into", home)
    assert done.returncode == 1
    assert re.search(said, done.stderr), done.stderr
    assert "knockon has not been installed." in done.stderr
    assert "Traceback" not in done.stderr
    if harm == "foreign":
        assert [path.name for path in home.iterdir()] == ["thesis.txt"]


def _installer() -> dict[str, object]:
    spec = importlib.util.spec_from_file_location("installer", PAYLOAD / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


@pytest.mark.parametrize(
    ("executable", "home"),
    [
        ("/programs/Python313/python.exe", "/users/ann/AppData/Local/Programs/knockon"),
        # The Microsoft Store's Python writes AppData to a place no other program sees.
        ("/users/ann/AppData/Local/Microsoft/WindowsApps/python.exe", "/users/ann/knockon"),
    ],
)
def test_where_it_goes(executable: str, home: str) -> None:
    environ = {"LOCALAPPDATA": "/users/ann/AppData/Local", "USERPROFILE": "/users/ann"}
    choose_home = _installer()["choose_home"]
    assert callable(choose_home)
    assert choose_home(environ, executable) == Path(home)
    assert choose_home({"USERPROFILE": "/users/ann"}, "/p/python.exe") == Path(
        "/users/ann/AppData/Local/Programs/knockon"
    )


@pytest.mark.parametrize(
    ("python", "named"),
    [
        ("/users/José/AppData/Local/py/python.exe", "%LOCALAPPDATA%/py/python.exe"),
        ("/users/José/py/100%/python.exe", "%USERPROFILE%/py/100%%/python.exe"),
        ("/Program Files/python.exe", "/Program Files/python.exe"),
        ("/users/Joséphine/python.exe", "/users/Joséphine/python.exe"),
    ],
)
def test_a_users_own_folder_is_named_by_its_variable(python: str, named: str) -> None:
    environ = {"LOCALAPPDATA": "/users/José/AppData/Local", "USERPROFILE": "/users/José"}
    name_python = _installer()["name_python"]
    assert callable(name_python)
    assert name_python(python, environ) == named


# -- the whole bundle


def test_the_same_files_give_the_same_bytes(
    small_wheels: tuple[Wheel, ...], tmp_path: Path
) -> None:
    files = gather_files(small_wheels, python=PYTHON, platform=PLATFORM)
    again = gather_files(tuple(reversed(small_wheels)), python=PYTHON, platform=PLATFORM)
    write_zip(tmp_path / "one.zip", "knockon", files)
    for wheel in small_wheels:
        os.utime(wheel.path, (1, 1))
    write_zip(tmp_path / "two.zip", "knockon", again)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize(
    ("says", "licence"),
    [
        ("License-Expression: MIT", "MIT"),
        ("Classifier: License :: OSI Approved :: BSD License", "BSD License"),
        ("License: Apache 2.0", "Apache 2.0"),
        ("License-File: LICENSE\nLicense-File: OTHERS", "see LICENSE, OTHERS in its wheel"),
        ("Keywords: none", None),
    ],
)
def test_a_wheel_names_its_licence_or_is_refused(
    tmp_path: Path, says: str, licence: str | None
) -> None:
    wheel, changed = make_wheel(tmp_path, "some", {}), tmp_path / "changed.whl"
    with ZipFile(wheel) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"License-Expression: MIT", says.encode()))
    if licence is None:
        with pytest.raises(SystemExit, match="names no licence"):
            read_wheel(changed)
    else:
        assert read_wheel(changed).licence == licence


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real bundle for one Python, unpacked; its zip file lies beside it."""
    folder = tmp_path_factory.mktemp("bundle")
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        report_absence("no uv in this environment", required_by="KNOCKON_REQUIRE_BUNDLE")
    built = run(
        uv, "build", "--quiet", "--wheel", "--no-build-isolation", "--python", sys.executable,
        "--out-dir", folder, ROOT,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (own,) = folder.glob("*.whl")
    try:
        target = make_bundle(own, PYTHON, folder)
    except SystemExit as failed:
        report_absence(
            f"the wheels cannot be fetched ({failed})", required_by="KNOCKON_REQUIRE_BUNDLE"
        )
    with ZipFile(target) as archive:
        archive.extractall(folder)
    return folder / target.stem


def test_windows_can_install_it_without_an_index(bundle: Path, tmp_path: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    command: list[str | Path] = [
        uv, "pip", "install", "--dry-run", "--no-cache", "--no-config", "--offline",
        "--target", tmp_path / "lib", "--python", sys.executable,
        "--python-platform", "x86_64-pc-windows-msvc", "--python-version", PYTHON,
        "--no-index", "--find-links", bundle / "wheels", "--only-binary", ":all:",
        "--require-hashes", "-r", bundle / "requirements.txt",
    ]  # fmt: skip
    whole = run(*command)
    assert whole.returncode == 0, whole.stderr
    count = len(list((bundle / "wheels").glob("*.whl")))
    assert f"Would install {count} packages" in whole.stderr
    # What only a package's own list of needs names is missed too.
    missing = next((bundle / "wheels").glob("colorama-*.whl"))
    kept = missing.rename(tmp_path / missing.name)
    try:
        assert run(*command).returncode != 0
        pins = (bundle / "requirements.txt").read_text(encoding="ascii")
        fewer = tmp_path / "fewer.txt"
        fewer.write_text(re.sub(r"(?m)^colorama.*$", "", pins), encoding="ascii")
        assert run(*command[:-1], fewer).returncode != 0
    finally:
        kept.rename(missing)


def test_pip_takes_every_wheel_for_that_windows(bundle: Path, tmp_path: Path, python: Path) -> None:
    done = run(
        python, "-m", "pip", "--isolated", "download", "--quiet", "--no-input", "--no-deps",
        "--disable-pip-version-check", "--no-index", "--find-links", bundle / "wheels",
        "--platform", "win_amd64", "--implementation", "cp", "--python-version", PYTHON,
        "--only-binary", ":all:", "--require-hashes", "--dest", tmp_path,
        "--requirement", bundle / "requirements.txt",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    taken = {path.name for path in tmp_path.iterdir()}
    assert taken == {path.name for path in (bundle / "wheels").iterdir()}


def test_it_holds_what_it_says(bundle: Path) -> None:
    lines = (bundle / "MANIFEST.txt").read_text(encoding="ascii").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    present = {
        path.relative_to(bundle).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in bundle.rglob("*")
        if path.is_file() and path.name != "MANIFEST.txt"
    }
    assert listed == present
    about = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))
    assert about["python"] == PYTHON
    wheels = list(map(read_wheel, (bundle / "wheels").glob("*.whl")))
    locked = set(re.findall(r"sha256:([0-9a-f]{64})", LOCK))
    assert [one.name for one in wheels if one.sha256 not in locked] == ["knockon"]
    licences = (bundle / "LICENCES.txt").read_text(encoding="ascii")
    assert all(f"\n{one.name} {one.version} " in licences for one in wheels)


def test_texts_are_as_windows_wants_them(bundle: Path) -> None:
    for path in bundle.rglob("*"):
        if path.suffix in {".cmd", ".txt"}:
            content = path.read_bytes()
            content.decode("ascii")
            assert content.count(b"\n") == content.count(b"\r\n") > 0, path.name
    start = (bundle / "install.cmd").read_text(encoding="ascii")
    assert 'set "WANTED=3.13"' in start
    assert "{python}" not in start
    said = (bundle / "READ-ME.txt").read_text(encoding="ascii")
    assert max(map(len, said.splitlines())) <= 80
    page = (bundle / "READ-ME.html").read_text(encoding="utf-8")
    assert re.findall(r"<h2>(.+?)</h2>", page) == re.findall(r"^(.+)\n-+$", said, re.MULTILINE)


def test_zip_is_packed_for_any_windows(bundle: Path) -> None:
    with ZipFile(bundle.with_name(f"{bundle.name}.zip")) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries if entry.filename.endswith(".whl")} == {
        ZIP_STORED
    }
    assert [entry.filename for entry in entries][1:] == sorted(
        entry.filename for entry in entries[1:]
    )
    assert sum(entry.file_size for entry in entries) < 200_000_000
    inside = [
        name for wheel in (bundle / "wheels").glob("*.whl") for name in ZipFile(wheel).namelist()
    ]
    assert max(map(len, inside)) + len(HOME) <= LONGEST_PATH


def test_the_guide_page_is_accessible(bundle: Path, browser: object) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415
    from playwright.sync_api import Browser  # noqa: PLC0415

    assert isinstance(browser, Browser)
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto((bundle / "READ-ME.html").as_uri())
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_ci_asks_for_the_bundle() -> None:
    assert "KNOCKON_REQUIRE_BUNDLE=1" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
