"""Schedules read through MPXJ: those of MS Project itself, of Primavera, of others, and none."""

from __future__ import annotations

import gzip
import importlib.util
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from graphmodel.errors import FileError, MissingExtraError
from graphmodel.modes import rules_of
from loaders.schedules import mpxj
from loaders.schedules.mpxj import Rewritten, read_mpxj, read_rewritten, rewrite
from loaders.schedules.mpxj_worker import _name_originals
from loaders.schedules.mspdi import read_mspdi
from loaders.schedules.xer import read_xer
from simulations.schedule import schedule
from tests.corpora.mpxj import list_projects, read_dump
from tests.corpora.mpxj_files import judge_plan
from tests.loaders.mspdi_text import document, task

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan

pytestmark = pytest.mark.usefixtures("java")

#: See `tests.simulations.test_mpxj_corpus`: the file gives two people the same shift.
SHIFTS: Final = "mpxj-junit/legacy/sample98.mpp"
GHOST: Final = "aspose-net/GetCrossProjectTaskLinks.mpp"
BASELINES: Final = "aspose-net/BaselineProjects.xml"
TWO: Final = "aspose-net/MultiprojectWithExternal.xml"
#: Calendars only.
NO_TASKS: Final = "calendar-"


@pytest.fixture(scope="module")
def graded(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rewritten]:
    """Every graded file that Primavera's XER reader does not read itself, rewritten in one go."""
    names = [
        name for name in list_projects(corpora, "A", "A-plain", "A-mpxj") if ".xer" not in name
    ]
    paths = [corpora / "mpxj-cpm" / str(read_dump(corpora, name).raw["source"]) for name in names]
    made = rewrite(paths, tmp_path_factory.mktemp("graded"))
    return dict(zip(names, made, strict=True))


@pytest.mark.parametrize(
    ("grade", "projects", "differ"),
    [("A", 39, set()), ("A-plain", 2, set()), ("A-mpxj", 20, {SHIFTS})],
)
def test_every_task_of_a_grade(
    corpora: Path, graded: dict[str, Rewritten], grade: str, projects: int, differ: set[str]
) -> None:
    """In MS Project's own files the rows of other projects are there too."""
    found: dict[str, list[str]] = {}
    names = [name for name in list_projects(corpora, grade) if name in graded]
    for name in names:
        dump = read_dump(corpora, name)
        plan = read_rewritten(corpora / "mpxj-cpm" / name, graded[name]).plan
        found[name] = [str(one) for one in judge_plan(dump, plan)]
    assert len(names) == projects
    assert {name for name, some in found.items() if some} == differ


def test_rows_of_other_projects(corpora: Path, graded: dict[str, Rewritten]) -> None:
    plan = read_rewritten(corpora / "mpxj-cpm" / GHOST, graded[GHOST]).plan
    (ghost,) = [item for item in plan.items if item.external]
    assert (ghost.model_extra or {})["x_uid"] == "11"
    assert ghost.mode == "fixed"
    assert [(link.from_, link.to) for link in plan.links if link.from_ == ghost.id] == [
        (ghost.id, "2")
    ]


def test_what_a_plan_says_of_where_it_comes_from(
    corpora: Path, graded: dict[str, Rewritten]
) -> None:
    path = corpora / "mpxj-cpm" / "mpxj-net/Sample1.mpp"
    loaded = read_rewritten(path, graded["mpxj-net/Sample1.mpp"])
    (source,) = loaded.plan.sources
    assert source.file == "Sample1.mpp"
    assert source.sha256 is not None
    assert (loaded.plan.model_extra or {})["x_format"] == "MPP"
    assert loaded.notes[0] == "Sample1.mpp was read through MPXJ as MPP of Microsoft."
    plan = loaded.plan
    sources = [one.source for one in plan.items]
    sources += [one.source for one in plan.officers]
    sources += [one.source for one in plan.assignments]
    sources += [one.source for link in plan.links for one in link.evidence]
    assert {one.line for one in sources if one is not None} == {None}
    assert {str(problem.source) for problem in loaded.problems} == {"Sample1.mpp"}


def facts(plan: Plan) -> dict[str, Any]:
    """Return all that two readings of one file must agree in."""
    rows = schedule(plan).items
    return {
        "rows": {item.id: (item.title, item.kind, item.type, item.parent) for item in plan.items},
        "lengths": {item.id: str(item.duration) for item in plan.items},
        "progress": {item.id: (item.status, item.percent, item.due) for item in plan.items},
        "constraints": {item.id: item.constraints for item in plan.items},
        "dates": {row.id: (row.start, row.finish) for row in rows},
        "late": {row.id: (row.late_start, row.late_finish) for row in rows},
        "floats": {row.id: (row.total_float_days, row.free_float_days) for row in rows},
        "links": sorted((one.from_, one.to, one.type, str(one.lag)) for one in plan.links),
        "officers": sorted(one.title for one in plan.officers),
        "roles": sorted((one.item, one.officer, one.role) for one in plan.assignments),
        "rules": (rules_of(plan.options), plan.start, plan.status_date, plan.must_finish),
    }


def test_our_readers_and_mpxj_agree_on_every_file(
    corpora: Path, tmp_path: Path, java: None
) -> None:
    """Every XML of MS Project and every XER of the corpus, without exception."""
    folder = corpora / "mpxj-cpm"
    files = [
        path
        for path in sorted(folder.rglob("*.xml"))
        if b"schemas.microsoft.com/project" in path.read_bytes()[:3000]
        and not path.name.startswith(NO_TASKS)
    ]
    files += sorted(folder.rglob("*.xer"))
    for packed in sorted(folder.rglob("*.xer.gz")):
        plain = tmp_path / packed.stem
        plain.write_bytes(gzip.decompress(packed.read_bytes()))
        files.append(plain)
    assert len(files) == 21
    differ: dict[str, list[str]] = {}
    for path, made in zip(files, rewrite(files, tmp_path), strict=True):
        own = (read_mspdi if path.suffix == ".xml" else read_xer)(path).plan
        ours, theirs = facts(own), facts(read_rewritten(path, made).plan)
        wrong = [name for name, value in ours.items() if value != theirs[name]]
        if wrong:
            differ[path.name] = wrong
    assert differ == {}


def test_primavera_xml_with_baselines(corpora: Path) -> None:
    """P6's rules hold, and each activity has both baselines, the project's own in front."""
    loaded = read_mpxj(corpora / "mpxj-cpm" / BASELINES)
    assert loaded.plan.options.scheduling_mode == "p6"
    assert (loaded.plan.model_extra or {})["x_format"] == "PMXML"
    names = {item.id: [one.name for one in item.baselines] for item in loaded.plan.items}
    both = ["BaselineCosts - B2", "BaselineCosts - B1"]
    assert names == {"A1000": both, "A1010": both}
    assert {problem.code for problem in loaded.problems} == {"option-not-used"}


def test_primavera_xml_with_two_projects(corpora: Path) -> None:
    path = corpora / "mpxj-cpm" / TWO
    first = read_mpxj(path)
    assert (first.plan.id, len(first.plan.items)) == ("TestProject2", 2)
    assert {"project-not-read", "link-to-other-project"} <= {one.code for one in first.problems}
    second = read_mpxj(path, project="TestProject")
    assert (second.plan.id, len(second.plan.items)) == ("TestProject", 1)


def test_what_is_no_schedule(tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    path.write_text("The minutes of the last meeting.", encoding="utf-8")
    with pytest.raises(FileError, match=r'"minutes.docx" is no schedule of a known program: save'):
        read_mpxj(path)


def test_a_damaged_file(corpora: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.mpp"
    whole = (corpora / "mpxj-cpm" / "mpxj-net" / "Sample1.mpp").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileError, match=r'^"cut.mpp" (cannot be read \(|is no schedule)') as caught:
        read_mpxj(path)
    assert "save it as XML in MS Project" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="There is no file"):
        read_mpxj(tmp_path / "none.mpp")


def test_a_file_with_a_password(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = [Rewritten(None, fault="password", detail="File is password protected")]
    monkeypatch.setattr(mpxj, "rewrite", lambda *_, **__: answer)
    with pytest.raises(FileError) as caught:
        read_mpxj(corpora / "mpxj-cpm" / "mpxj-net" / "Sample1.mpp")
    assert str(caught.value) == (
        '"Sample1.mpp" is protected by a password: open it in the program it comes from, save it '
        "without one, and give that."
    )


def test_several_projects_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "works.xml"
    path.write_text(document(task(1)), encoding="utf-8")
    made = Rewritten(path, "POD", "ProjectLibre", others=(("Docks", 3), ("Locks", 1)))
    loaded = read_rewritten(path, made)
    assert [problem.message for problem in loaded.problems] == [
        f'The project "{title}" with {tasks} is not read; the plan is the largest of the file.'
        for title, tasks in (("Docks", "3 tasks"), ("Locks", "1 task"))
    ]


def test_baselines_are_named_in_the_table_of_projects(tmp_path: Path) -> None:
    path = tmp_path / "works.xer"
    head = "%T\tPROJECT\n%F\tproj_id\torig_proj_id\tproj_short_name\n"
    rows = "%R\t1\t\tWorks\n%R\t2\t\tWorks B1\n%T\tTASK\n%F\ttask_id\n%R\t2\n%E\n"
    path.write_text(head + rows, encoding="utf-8")
    _name_originals(path, {"2": "1"})
    assert path.read_text(encoding="utf-8") == head + rows.replace("%R\t2\t\t", "%R\t2\t1\t")


def test_time_that_runs_out(corpora: Path) -> None:
    path = corpora / "mpxj-cpm" / "mpxj-net" / "Sample1.mpp"
    with pytest.raises(FileError, match=r"took longer than 0.01 seconds and was stopped: save"):
        read_mpxj(path, seconds=0.01)


def test_a_process_that_dies(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(FileError, match=r"Java ended without an answer \(exit code 1\)"):
        read_mpxj(corpora / "mpxj-cpm" / "mpxj-net" / "Sample1.mpp")


def test_a_machine_without_java(
    corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    hook = tmp_path / "sitecustomize.py"
    hook.write_text(
        "import jpype, jpype._jvmfinder as f\n"
        "def none():\n    raise jpype.JVMNotFoundException('none')\n"
        "jpype._core.getDefaultJVMPath = f.getDefaultJVMPath = none\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(FileError, match="needs Java 11 or later, which is not on this machine"):
        read_mpxj(corpora / "mpxj-cpm" / "mpxj-net" / "Sample1.mpp")


@pytest.mark.parametrize(("missing", "package"), [("mpxj", "mpxj"), ("jpype", "JPype1")])
def test_the_extra_is_not_installed(
    corpora: Path, monkeypatch: pytest.MonkeyPatch, missing: str, package: str
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else found(name)
    )
    with pytest.raises(MissingExtraError) as caught:
        read_mpxj(corpora / "mpxj-cpm" / "mpxj-net" / "Sample1.mpp")
    message = str(caught.value)
    assert message.startswith('Reading "Sample1.mpp" as it is (in place of saving it as XML in')
    assert f"needs the package {package}, which is not installed: install it with" in message
    assert 'pip install "knockon[schedules]"' in message
