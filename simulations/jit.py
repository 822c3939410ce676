"""Kernels compiled by numba: one source, run as plain Python on small plans and compiled on large.

Each kernel of a package gets a *twin*: the same code in a namespace where the names of kernels
stand for their twins. Twins are made when one is first asked for, compiled when first called, and
kept in the user's cache folder (`simulations.kernelcache`).

What the options buy was measured on a forward pass over 1,000,000 items (docs/performance.md):
without reference counting (``_nrt``) it is 25 times as fast, and 10 times as fast again where each
kernel is inlined into those that call it. So kernels make no containers and return none; they fill
those that they are given. Division by zero, which Python would report, is not looked for.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
import sys
import warnings
from threading import RLock
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, cast

from simulations.kernelcache import fingerprint_kernels, open_cache
from simulations.kernels.registry import KERNELS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Kernel = Callable[..., Any]

__all__ = ["Twins", "compiled", "is_kept", "twins_of"]

P = ParamSpec("P")
R = TypeVar("R")

_LOG = logging.getLogger(__name__)

_OPTIONS: Final[dict[str, bool | str]] = {
    "_nrt": False,
    "error_model": "numpy",
    "forceinline": True,
    "nogil": True,  # kernels touch nothing of Python: several may run at once
}
#: What only calls from Python need: half of the time to compile.
_INNER: Final[dict[str, bool | str]] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}

_LOCK: Final = RLock()
_SETS: Final[dict[str, Twins | None]] = {}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return the compiled twin of a kernel.

    Its containers must be int64 arrays, or named tuples of them. Where numba cannot be loaded, the
    kernel itself is returned: it gives the same answers, slowly.
    """
    twins = twins_of(function)
    if twins is None:
        return function

    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        return cast("R", twins.call(function, *args, **kwargs))

    return run


def is_kept(function: Kernel) -> bool:
    """Return whether a kernel was compiled before, so that it is loaded rather than compiled."""
    twins = twins_of(function)
    return twins is not None and twins.is_kept(function)


def twins_of(function: Kernel) -> Twins | None:
    """Return the twins of all kernels in a kernel's package, None where numba cannot be loaded."""
    module = sys.modules[function.__module__]
    package = module.__package__ or module.__name__
    with _LOCK:
        if package not in _SETS:
            numba = _load_numba()
            _SETS[package] = None if numba is None else Twins(_modules_of(module), numba)
        return _SETS[package]


class Twins:
    """The compiled kernels of one package.

    Attributes
    ----------
    folder
        Where they are kept; None where they are not.
    """

    def __init__(self, modules: list[ModuleType], numba: Any) -> None:
        self.modules = modules
        self.numba = numba
        versions = (sys.version, numba.__version__, str(sys.modules["llvmlite"].__version__))
        base: str = numba.config.CACHE_DIR  # what the user has set
        self.folder = open_cache(fingerprint_kernels(modules, versions), base)
        self._make()

    def call(self, function: Kernel, *args: Any, **kwargs: Any) -> Any:
        """Run the twin of a kernel.

        Whatever is wrong with the cache (a full disk, a damaged file) costs only the time to
        compile anew: where it is in use and anything fails, all is done again without it.
        """
        twin = self.entry(function)
        try:
            return twin(*args, **kwargs)
        except Exception as error:
            if self.folder is None:
                raise
            _LOG.info("compiled kernels are not kept in %s: %s", self.folder, error)
            with _LOCK:
                self.folder = None
                self._make()
            return self.entry(function)(*args, **kwargs)

    def entry(self, function: Kernel) -> Kernel:
        """Return the twin of a kernel that Python can call."""
        with _LOCK:
            if function not in self._entries:
                self._entries[function] = self._twin(function, inner=False)
            return self._entries[function]

    def is_kept(self, function: Kernel) -> bool:
        """Return whether the folder holds a kernel, for one kind of arguments at least."""
        name = f"{function.__qualname__}-{function.__code__.co_firstlineno}.*.nbi"
        return self.folder is not None and any(self.folder.glob(f"*/*.{name}"))

    def _make(self) -> None:
        """Make namespaces in which kernels call each other's twins; nothing is compiled yet."""
        self._entries: dict[Kernel, Kernel] = {}
        self._spaces = {module.__name__: dict(vars(module)) for module in self.modules}
        kernels = [one for one in KERNELS if one.__module__ in self._spaces]
        inner = {one: self._twin(one, inner=True) for one in kernels}
        for space in self._spaces.values():
            for name, value in space.items():
                if isinstance(value, FunctionType) and value in inner:
                    space[name] = inner[value]

    def _twin(self, function: Kernel, *, inner: bool) -> Kernel:
        space = self._spaces[function.__module__]
        copy = FunctionType(function.__code__, space, function.__name__)
        options = _OPTIONS | _INNER if inner else _OPTIONS
        if inner or self.folder is None:  # inlined twins are kept as part of those that call them
            return cast("Kernel", self.numba.njit(**options)(copy))
        return self._kept(copy, options, self.folder)

    def _kept(self, copy: FunctionType, options: dict[str, bool | str], folder: Path) -> Kernel:
        """Return a twin that is kept in a folder; where numba keeps the rest is left as it was."""
        config = self.numba.config
        before = config.CACHE_DIR
        config.CACHE_DIR = str(folder)
        try:
            return cast("Kernel", self.numba.njit(cache=True, **options)(copy))
        except RuntimeError:  # a source that is not a file, as in a zipped application
            return cast("Kernel", self.numba.njit(**options)(copy))
        finally:
            config.CACHE_DIR = before


def _modules_of(module: ModuleType) -> list[ModuleType]:
    """Return all modules of a kernel's package: what is compiled must not hang on what is used."""
    if not module.__package__:
        return [module]
    package = importlib.import_module(module.__package__)
    names = [one.name for one in pkgutil.iter_modules(package.__path__)]
    return [importlib.import_module(f"{module.__package__}.{name}") for name in names]


def _load_numba() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what numba thinks of its own surroundings
            return importlib.import_module("numba")
    except ImportError as error:  # as a rule, a numpy newer than it knows
        _LOG.warning("numba cannot be loaded (%s): large plans take longer.", error)
        return None
