"""Runs in a process of its own, with Java: rewrites schedules as XML or XER by way of MPXJ.

It is started with the path of this file and imports nothing of knockon. Arguments are a folder and
the files to rewrite; the answers go to ``report.json`` in the folder, one for each file in order:
what the file is, the file written for it, or why there is none.

What MS Project and most other programs wrote is rewritten in MS Project's XML, what Primavera P6
wrote as XER: in these MPXJ loses least, and each is scheduled by the rules of its own program.
Coverage is not measured in here, because it runs elsewhere: `tests/loaders/test_mpxj.py` proves it.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any, Final

__all__ = ["main"]

_FLAGS: Final = (
    "-Djava.awt.headless=true",
    "-Xmx1g",
    # No file or address outside the schedule is ever fetched.
    "-Djavax.xml.accessExternalDTD=",
    "-Djavax.xml.accessExternalSchema=",
    "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
)
_P6: Final = "Primavera"


def main(folder: Path, files: list[str]) -> None:  # pragma: no cover
    """Rewrite the files and write the report."""
    try:
        jpype = importlib.import_module("jpype")
        importlib.import_module("mpxj")
        jpype.startJVM(*_FLAGS)
    except Exception as error:  # noqa: BLE001 - no Java, or one that is too old
        answers = [{"fault": "java", "detail": str(error)} for _ in files]
    else:
        answers = [_answer(jpype, folder, place, file) for place, file in enumerate(files)]
    (folder / "report.json").write_text(json.dumps(answers), encoding="utf-8")


def _answer(jpype: Any, folder: Path, place: int, file: str) -> dict[str, Any]:  # pragma: no cover
    """Rewrite one file; whatever goes wrong in Java is an answer."""
    try:
        projects = _read(jpype, file)
        if not projects:
            return {"fault": "unknown", "detail": ""}
        is_p6 = str(projects[0].getProjectProperties().getFileApplication()) == _P6
        target = folder / str(place) / Path(file).with_suffix(".xer" if is_p6 else ".xml").name
        target.parent.mkdir()
        return (_write_xer if is_p6 else _write_xml)(jpype, projects, target)
    except jpype.JException as error:
        text = str(error.message())
        fault = "password" if "password" in text.lower() else "damaged"
        return {"fault": fault, "detail": text or type(error).__name__}


def _read(jpype: Any, file: str) -> list[Any]:  # pragma: no cover
    """Return the projects of a file; links between those of one file lead from one to another."""
    universal = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
    proxy = universal.getProjectReaderProxy(jpype.JClass("java.io.File")(file))
    if proxy is None:
        return []
    try:
        if hasattr(proxy.getProjectReader(), "setLinkCrossProjectRelations"):
            proxy.getProjectReader().setLinkCrossProjectRelations(True)
        return list(proxy.readAll())
    finally:
        proxy.close()


def _write_xml(jpype: Any, projects: list[Any], target: Path) -> dict[str, Any]:  # pragma: no cover
    """Write the largest project; rows of other projects are kept, as manual tasks."""
    project = max(projects, key=lambda one: one.getTasks().size())
    manual = jpype.JClass("org.mpxj.TaskMode").MANUALLY_SCHEDULED
    external: list[str] = []
    for task in project.getTasks():
        if task.getExternalTask():
            external.append(str(task.getUniqueID()))
            task.setExternalTask(False)
            task.setTaskMode(manual)
    writer = jpype.JClass("org.mpxj.mspdi.MSPDIWriter")()
    writer.setWriteTimephasedData(True)
    writer.write(project, str(target))
    others = [one for one in projects if one is not project]
    return {**_describe(project, target), "external": external, "others": _name(others)}


def _write_xer(jpype: Any, projects: list[Any], target: Path) -> dict[str, Any]:  # pragma: no cover
    """Write all projects of the file, and the baselines of each."""
    every = jpype.JClass("java.util.ArrayList")()
    originals: dict[str, str] = {}
    for project in projects:
        properties = project.getProjectProperties()
        if properties.getStartDate() is None:  # else the writer puts in today
            properties.setStartDate(project.getEarliestStartDate())
        every.add(project)
        for baseline in project.getBaselines().values():
            every.add(baseline)
            key = str(baseline.getProjectProperties().getUniqueID())
            originals[key] = str(properties.getUniqueID())
    jpype.JClass("org.mpxj.primavera.PrimaveraXERFileWriter")().write(every, str(target))
    if originals:
        _name_originals(target, originals)
    return {**_describe(projects[0], target), "external": [], "others": []}


def _name_originals(path: Path, originals: dict[str, str]) -> None:
    """Say in the table of projects which are baselines of which: the writer leaves that out."""
    lines = path.read_bytes().decode("cp1252", errors="surrogateescape").split("\n")
    table, fields = "", [""]
    for place, line in enumerate(lines):
        cells = line.split("\t")
        if cells[0] == "%T":
            table = cells[1].strip()
        elif cells[0] == "%F" and table == "PROJECT":
            fields = [cell.strip() for cell in cells]
        elif cells[0] == "%R" and table == "PROJECT":
            original = originals.get(cells[fields.index("proj_id")])
            if original is not None:
                cells[fields.index("orig_proj_id")] = original
                lines[place] = "\t".join(cells)
    path.write_bytes("\n".join(lines).encode("cp1252", errors="surrogateescape"))


def _describe(project: Any, target: Path) -> dict[str, Any]:  # pragma: no cover
    properties = project.getProjectProperties()
    return {
        "file": f"{target.parent.name}/{target.name}",
        "type": str(properties.getFileType()),
        "program": str(properties.getFileApplication()),
    }


def _name(projects: list[Any]) -> list[dict[str, Any]]:  # pragma: no cover
    return [
        {
            "title": str(one.getProjectProperties().getProjectTitle() or ""),
            "tasks": int(one.getTasks().size()),
        }
        for one in projects
    ]


if __name__ == "__main__":  # pragma: no cover
    main(Path(sys.argv[1]), sys.argv[2:])
