"""The one recipe from files to a plan: a paper or a plan file, and any number of link registers.

Read the plan, add the links that the order of a paper speaks for, merge the registers, look for
circles. What is wrong with the documents is collected; an error is raised only where no plan can
be made. The order in which the files are given makes no difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.cycles import find_cycle
from graphmodel.errors import PlanError
from graphmodel.files import fingerprint, read_text
from graphmodel.items import SourceFile
from graphmodel.plan import PLAN_SCHEMA, Plan
from graphmodel.planfile import read_plan
from graphmodel.problems import Problem
from graphmodel.scenario import SCENARIO_SCHEMA
from graphmodel.storedplan import StoredPlan, read_large_plan
from graphmodel.words import count
from loaders.formats import find_format
from loaders.loaded import Loaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.registers import Register

__all__ = ["load"]


def load(paths: Sequence[str | Path], *, in_file: bool = False) -> Loaded:
    """Read one paper or plan file, and any registers of links, into a plan.

    Parameters
    ----------
    in_file
        Whether the items and links of a very large plan file may stay in it
        (`graphmodel.storedplan`); they cannot where registers are merged in. Nobody has looked for
        circles in such a plan then.

    Raises
    ------
    FileError
        A file is missing, empty, damaged or of a kind that cannot be read.
    PlanError
        A plan file breaks the rules, or the files make no plan, or several.
    """
    files = list({Path(path).resolve(): Path(path) for path in paths}.values())
    formats = {path: find_format(path) for path in files}
    registers = sorted(path for path, kind in formats.items() if kind == "register")
    base = _choose_base([path for path in files if path not in registers], registers)
    is_paper = formats[base] == "paper"
    in_file = in_file and not registers
    loaded = _load_paper(base) if is_paper else Loaded(_load_plan_file(base, in_file=in_file), ())
    if registers:
        loaded = _merge_registers(loaded, registers)
    return _report_circle(loaded)


def _choose_base(plans: Sequence[Path], registers: Sequence[Path]) -> Path:
    """Return the one file that the plan is in."""
    if len(plans) == 1:
        return plans[0]
    if plans:
        names = " and ".join(f'"{path}"' for path in sorted(plans))
        raise PlanError(
            f"{names} are plans each: give one plan, with any number of link registers."
        )
    if registers:
        from loaders.registers import read_register  # noqa: PLC0415 - not needed without registers

        for path in registers:
            read_register(path)  # a file that is no register at all is the likelier mistake
        raise PlanError(
            f'"{registers[0]}" holds links only: give the paper or plan file they belong to too.'
        )
    raise PlanError("No file was given: name a paper or a plan file.")


def _load_paper(path: Path) -> Loaded:
    """Read a paper, with the links its order speaks for."""
    from loaders.papers import read_paper  # noqa: PLC0415 - not needed for plan files
    from loaders.sequences import propose_links  # noqa: PLC0415

    loaded = read_paper(path)
    links = loaded.plan.links + propose_links(loaded.plan)
    plan = _change(loaded.plan, links=links)
    return Loaded(plan, loaded.problems, loaded.notes)


def _load_plan_file(path: Path, *, in_file: bool) -> Plan:
    try:
        return read_large_plan(path) if in_file else read_plan(path)
    except PlanError as error:
        raise _other_schema(path) or error from None


def _other_schema(path: Path) -> PlanError | None:
    """Return a plain sentence where a JSON file is something else than a plan of this version."""
    try:
        content = json.loads(read_text(path)[0])
    except (ValueError, RecursionError):
        return None
    schema = content.get("schema") if isinstance(content, dict) else None
    if schema == PLAN_SCHEMA or not isinstance(content, dict):
        return None
    if schema == SCENARIO_SCHEMA:
        return PlanError(f'"{path}" is a scenario, not a plan: give the plan it belongs to.')
    if isinstance(schema, str) and schema.startswith("knockon/plan@"):
        return PlanError(f'"{path}" was written by a newer knockon ({schema}): update knockon.')
    said = "it names no schema" if schema is None else f'its schema is "{str(schema)[:40]}"'
    return PlanError(f'"{path}" is JSON, but no plan file: {said} instead of "{PLAN_SCHEMA}".')


def _merge_registers(loaded: Loaded, paths: Sequence[Path]) -> Loaded:
    from loaders.merging import merge_links  # noqa: PLC0415 - not needed without registers
    from loaders.registers import read_register  # noqa: PLC0415

    sources = list(loaded.plan.sources)
    registers: list[tuple[str, Register]] = []
    notes = list(loaded.notes)
    for path in paths:
        register = read_register(path)
        taken = {source for source, _ in registers}
        registers.append((_add_source(sources, taken, path), register))
        notes += [f"{path.name}: {count(len(register.entries), 'link')} read.", *register.notes]
    links, problems = merge_links(loaded.plan, registers)
    plan = _change(loaded.plan, sources=tuple(sources), links=links)
    return Loaded(plan, loaded.problems + problems, tuple(notes))


def _add_source(sources: list[SourceFile], taken: set[str], path: Path) -> str:
    """Note a register among the sources, in its old place if it was there; return its id."""
    for number, source in enumerate(sources):
        if source.file == path.name and source.id not in taken:
            sources[number] = source.model_copy(update={"sha256": fingerprint(path)})
            return source.id
    ids = {source.id for source in sources}
    new = next(name for number in range(1, len(ids) + 2) if (name := f"s{number}") not in ids)
    sources.append(SourceFile(id=new, title=path.stem, file=path.name, sha256=fingerprint(path)))
    return new


def _report_circle(loaded: Loaded) -> Loaded:
    if isinstance(loaded.plan, StoredPlan):  # it is read through once, when it is used
        return loaded
    accepted = loaded.plan.accepted_links
    error = find_cycle(loaded.plan, accepted)
    if error is None:
        return loaded
    problem = Problem("cycle", "error", str(error), error.items)
    return Loaded(loaded.plan, (*loaded.problems, problem), loaded.notes)


def _change(plan: Plan, **changes: Any) -> Plan:
    """Return a plan with other entities in it, checked again; its look-ups are made anew."""
    held = {name: getattr(plan, name) for name in plan.model_fields_set}
    return Plan(**(held | changes))
