"""How a plan is scheduled: what it says itself, else the preset of its mode (DESIGN section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphmodel.plan import Options

__all__ = ["Choices"]

_PRESETS = {
    "plan": ("successor", "retained_logic", "after_status_date", "finish"),
    "p6": ("predecessor", "retained_logic", "from_status_date", "leaves"),
    "ms-project": ("successor", "retained_logic", "unmoved", "leaves"),
}


@dataclass(frozen=True)
class Choices:
    """The choices that hold for one plan."""

    mode: str
    lag_calendar: str
    progress: str
    unstarted: str
    parent_links: str

    @classmethod
    def of(cls, options: Options) -> Choices:
        """Return what the options say, and what their preset says where they are silent."""
        said = (options.lag_calendar, options.progress, options.unstarted, options.parent_links)
        preset = _PRESETS[options.scheduling_mode]
        return cls(
            options.scheduling_mode, *(one or two for one, two in zip(said, preset, strict=True))
        )
