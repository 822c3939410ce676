"""Install knockon from the wheels beside this file, for one person, without the internet.

``install.cmd`` finds a Python and runs this with it. Nothing but Python's own library is used, no
program is copied onto the machine, and nothing outside one folder is written: the packages go into
``lib`` there, and ``knockon.cmd`` starts them with the Python this ran in. That is why no virtual
environment is made: its ``python.exe`` would lie in the user's profile, where many managed machines
let no program run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = "knockon-install.json"
COMMANDS = ("knockon.cmd", "window.cmd", "uninstall.cmd")
DEADLINE = 1800  # seconds: far longer than the slowest disk with a virus scanner needs


class InstallError(Exception):
    """The installation cannot go on; the message says what is wrong and what to do."""


def find_fault(wanted: dict[str, str]) -> str | None:
    """Say why this Python cannot run what the bundle holds; None where it can."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if version != wanted["python"]:
        return (
            f"This bundle is for Python {wanted['python']}, and this is Python {version}: "
            f"take the bundle whose name ends in python{version}.zip, if there is one."
        )
    if sysconfig.get_platform() != wanted["platform"]:
        return (
            f"This bundle is for {wanted['platform']}, and this Python is for "
            f"{sysconfig.get_platform()}: a 64-bit Python for Intel and AMD processors is needed."
        )
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "This Python is the free-threaded one: the ordinary Python is needed."
    return None


def choose_home(environ: dict[str, str], python: str) -> Path:
    """Return the folder to install into: the place Windows gives a user's own programs.

    A Python from the Microsoft Store sees a folder of its own in place of the user's AppData, which
    no other program can find again; then it is a folder beside the user's documents.
    """
    profile = Path(environ.get("USERPROFILE") or Path.home())
    if "WindowsApps" in python:
        return profile / "knockon"
    local = environ.get("LOCALAPPDATA")
    return (Path(local) if local else profile / "AppData" / "Local") / "Programs" / "knockon"


def check_wheels(requirements: str, folder: Path) -> None:
    """Compare each wheel with its checksum: a download cut short is told in one sentence.

    Raises
    ------
    InstallError
        A wheel is missing or is not the one the bundle was made with.
    """
    wanted = {
        line.rpartition("--hash=sha256:")[2].strip()
        for line in requirements.splitlines()
        if "--hash=sha256:" in line
    }
    for wheel in sorted(folder.glob("*.whl")):
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if digest not in wanted:
            raise InstallError(
                f"{wheel.name} is damaged: fetch the bundle again, unpack all of it, and try again."
            )
        wanted.discard(digest)
    if wanted:
        are = "is" if len(wanted) == 1 else "are"
        raise InstallError(
            f"{len(wanted)} of the packages {are} missing: unpack the whole zip file and try again."
        )


def clear(home: Path) -> None:
    """Make the folder, or take the packages of an earlier installation out of it.

    Raises
    ------
    InstallError
        Something else is in it, or it is in use.
    """
    try:
        if home.is_dir() and any(home.iterdir()) and not (home / MARK).is_file():
            raise InstallError(
                f"{home} holds files that are not knockon's: choose another folder with  "
                'install.cmd --into "C:\\the\\folder"'
            )
        home.mkdir(parents=True, exist_ok=True)
        # The mark comes first: what is broken off here can be repaired by trying again.
        (home / MARK).write_text("{}\n", encoding="utf-8")
        if (home / "lib").exists():
            shutil.rmtree(home / "lib")
    except OSError as error:
        raise InstallError(
            f"{error.filename or home} cannot be written or removed: close every window that runs "
            "knockon, make sure that you may write there, and try again."
        ) from None


def install_wheels(home: Path) -> None:
    """Have pip put the wheels into ``lib``: no internet, no settings but these, every hash checked.

    Raises
    ------
    InstallError
        There is no pip, or it did not succeed.
    """
    command = [sys.executable, "-s", "-P", "-m", "pip", "--isolated", "--no-input", "--quiet"]
    command += ["--disable-pip-version-check", "--no-cache-dir", "install", "--no-index"]
    command += ["--find-links", str(HERE / "wheels"), "--only-binary", ":all:", "--require-hashes"]
    command += ["--no-warn-script-location", "--no-warn-conflicts", "--target", str(home / "lib")]
    command += ["-r", str(HERE / "requirements.txt")]
    # pip asks settings files too, whatever --isolated says: a council's may name a package server.
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
    environ["PIP_CONFIG_FILE"] = os.devnull
    done = run_quietly(command, environ, "The packages could not be installed")
    if "No module named pip" in done.stderr:
        raise InstallError(
            "This Python has no pip: ask your IT service for Python as python.org gives it."
        )
    if done.returncode:
        raise InstallError(f"The packages could not be installed. pip says:\n{done.stderr.strip()}")


def run_quietly(
    command: list[str], environ: dict[str, str], failure: str
) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it prints.

    Raises
    ------
    InstallError
        It cannot be started or takes too long; the message begins with ``failure``.
    """
    try:
        return subprocess.run(  # noqa: S603 - nothing in it is from outside
            command,
            env=environ,
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
            timeout=DEADLINE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstallError(f"{failure}: {error}") from None


def name_python(python: str, environ: dict[str, str]) -> str:
    """Return the path of a Python as a command file may hold it, whatever letters the user has.

    Command files are read in an old code page: a user's own folder is named by its variable.
    """
    for variable in ("LOCALAPPDATA", "USERPROFILE"):
        folder = environ.get(variable)
        if folder and python.lower().startswith(folder.lower().rstrip("\\/") + os.sep):
            return f"%{variable}%" + python[len(folder.rstrip("\\/")) :].replace("%", "%%")
    return python.replace("%", "%%")


def write_commands(home: Path, python: str, environ: dict[str, str]) -> None:
    """Write the commands that start and remove knockon."""
    for name in COMMANDS:
        text = (HERE / "commands" / name).read_bytes()
        named = name_python(python, environ)
        code_page = "oem" if os.name == "nt" else "utf-8"
        (home / name).write_bytes(text.replace(b"{executable}", named.encode(code_page)))


def try_out(home: Path, python: str) -> str:
    """Start what was installed, and return the version it tells.

    Raises
    ------
    InstallError
        It does not start.
    """
    code = (
        "import knockon.cli.main, numba, pandas, pydantic, vl_convert;"
        "from importlib.metadata import version; print(version('knockon'))"
    )
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environ["PYTHONPATH"] = str(home / "lib")
    failure = "knockon was installed and does not start"
    done = run_quietly([python, "-S", "-s", "-P", "-c", code], environ, failure)
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2]
        raise InstallError(
            f"{failure}: {said}. If this computer blocks files in "
            "your own folders, ask your IT service for a folder where they may run, and install "
            'there:  install.cmd --into "C:\\the\\folder"'
        )
    return done.stdout.strip()


def install(home: Path | None) -> Path:
    """Install knockon, into the usual folder unless told, and return the folder.

    Raises
    ------
    InstallError
        It cannot be installed; what to do is said.
    """
    environ = dict(os.environ)
    try:
        bundle = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
        requirements = (HERE / "requirements.txt").read_text(encoding="utf-8")
    except OSError as error:
        raise InstallError(f"{error.filename} is missing: unpack the whole zip file.") from None
    fault = find_fault(bundle)
    if fault is not None:
        raise InstallError(fault)
    python = getattr(sys, "_base_executable", None) or sys.executable
    if home is None:
        home = choose_home(environ, python)
    home = home.absolute()
    print(f"Installing knockon {bundle['version']} into {home}")
    print("This takes a few minutes, and nothing is fetched from the internet.", flush=True)
    check_wheels(requirements, HERE / "wheels")
    clear(home)
    install_wheels(home)
    write_commands(home, python, environ)
    version = try_out(home, python)
    made = {"version": version, "python": python}
    (home / MARK).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return home


def main() -> None:
    """Install, or say in a sentence why not (exit code 1)."""
    parser = argparse.ArgumentParser(description="Install knockon without the internet.")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="install into this folder")
    try:
        home = install(parser.parse_args().into)
    except InstallError as error:
        sys.exit(f"\n{error}\n\nknockon has not been installed.")
    print(
        f"\nknockon is installed. What to do next:\n\n"
        f"  1. Open the folder  {home}\n"
        f"     (press Windows+R, paste that line, press Enter) and double-click  window.cmd\n"
        f"  2. In the window that opens, type:  knockon demo\n"
        f"  3. Open demo\\map.html in a browser.\n\n"
        f"To remove knockon, double-click  uninstall.cmd  in that folder."
    )


if __name__ == "__main__":
    main()
