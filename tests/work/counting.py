"""
A count of what kowhy does, in place of a clock: the same number on every machine, however busy it is.

Steps of Python are counted line by line as they run. What runs inside of C is one line, however much it does: a
slice, ``in`` on a list, a sum of tuples, ``str.count``. So the source of kowhy is read anew with each such place
wrapped in a function that does the same and adds the length of what was gone through. What a pattern does inside of
``re`` is counted in :mod:`tests.work.steps`; here a search adds the length of its text.

Other tests count as well, to see that something hostile costs little: lines alone, of kowhy as they know it, or with
single modules of it read anew. They set a limit, so that a test fails where the work would never come to an end.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import math
import operator
import re
import sys
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import BuiltinFunctionType, BuiltinMethodType, CodeType, FrameType, MethodDescriptorType, ModuleType
from typing import Any

from tests.work.steps import Machine

#: What has a length that somebody has to go through.
SIZED = (str, bytes, list, tuple, set, frozenset, dict, deque, type({}.keys()), type({}.values()), type({}.items()))

#: Those in which a look-up goes through all of it.
LINEAR = (str, bytes, list, tuple, deque, type({}.values()))

#: Functions that look at no more than they are asked for.
AT_ONCE = frozenset(
    "append add discard get setdefault popleft appendleft isascii startswith endswith keys values items __setattr__ "
    "__new__ __getitem__ bit_length len isinstance issubclass id getattr hasattr setattr callable next iter hash ord "
    "chr group groups start end span submit done".split()
)

#: Classes of Python itself that go through what they are made of.
EATERS = (list, tuple, set, frozenset, dict, str, bytes, deque, Counter, OrderedDict, map, zip, filter)

SCANS = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})

#: Names that look at the frame that calls them.
FRAME = frozenset({"super", "locals", "globals", "vars", "dir", "eval", "exec"})

_done = 0

#: Where the count is broken off.
_most: float = math.inf


def size(thing: object) -> int:
    return len(thing) if isinstance(thing, SIZED) else 0


def _sized(thing: Any) -> Any:
    global _done  # noqa: PLW0603  # the count
    _done += size(thing)
    return thing


def _operated(name: str, left: Any, right: Any) -> Any:
    global _done  # noqa: PLW0603
    result = getattr(operator, name)(left, right)
    # What can be changed takes in what is added and stays where it is; all else is made anew.
    is_changed = name in IN_PLACE and isinstance(left, list | set | dict | deque)
    if is_changed:
        _done += size(right)
    elif name == "and_":
        # The shorter one is gone through and looked up in the longer one.
        _done += min(size(left), size(right))
    else:
        _done += size(left) + (0 if name == "sub" else size(right))
    return result


def _contained(left: Any, right: Any) -> bool:
    global _done  # noqa: PLW0603
    _done += size(right) if isinstance(right, LINEAR) else 1
    return left in right


def _compared(name: str, left: Any, right: Any) -> Any:
    global _done  # noqa: PLW0603
    if isinstance(left, SIZED) and type(left) is type(right) and len(left) == len(right):
        _done += len(left)
    return getattr(operator, name)(left, right)


def _called(function: Any, /, *args: Any, **kwargs: Any) -> Any:
    global _done  # noqa: PLW0603
    # What a generator or a list is after the call is not what it was before.
    before = _before(function, args, kwargs)
    result = function(*args, **kwargs)
    _done += 1 + before + _after(function, args, result)
    return result


def _before(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> int:
    if isinstance(function, type):
        return sum(map(size, args)) if function in EATERS else 0
    if not isinstance(function, BuiltinFunctionType | BuiltinMethodType | MethodDescriptorType):
        return 0
    name, me = function.__name__, getattr(function, "__self__", None)
    if isinstance(me, re.Pattern):
        # A search is counted when it is known where it ended.
        return sum(map(size, args)) if name in SCANS and name != "search" else 0
    if name in AT_ONCE:
        return 0
    if name in ("intersection", "isdisjoint", "difference") and isinstance(me, set | frozenset):
        return size(me) if name == "difference" else min(map(size, (me, *args)))
    found = sum(map(size, args)) + sum(map(size, kwargs.values()))
    if name == "pop":
        # From the front of a list all others have to move.
        return size(me) if isinstance(me, list) and args and args[0] == 0 else 0
    if name in ("update", "extend", "remove") and not isinstance(me, list):
        return found
    if name in ("find", "index", "rfind", "count") and isinstance(me, str | bytes) and len(args) > 1:
        return 0
    return found + (0 if isinstance(me, ModuleType) or name in ("extend", "join") else size(me))


def _after(function: Any, args: tuple[Any, ...], result: object) -> int:
    if isinstance(function, type) and function not in EATERS:
        return 0
    name, me = getattr(function, "__name__", ""), getattr(function, "__self__", None)
    if isinstance(me, re.Pattern) and isinstance(result, re.Match):
        begin = (args[1] if len(args) > 1 else 0) if name == "search" else result.start()
        return result.end() - begin
    if isinstance(me, re.Pattern) and name == "search":
        return size(args[0]) - (args[1] if len(args) > 1 else 0)
    if isinstance(me, str | bytes) and name in ("find", "index", "rfind", "count") and len(args) > 1:
        # The part that was looked at.
        found = name != "count" and isinstance(result, int) and result >= 0
        return abs((result if found else args[2] if len(args) > 2 else len(me)) - args[1])  # type: ignore[operator]
    is_python = not isinstance(function, type | BuiltinFunctionType | BuiltinMethodType | MethodDescriptorType)
    return 0 if is_python or name in AT_ONCE else size(result)


HELPERS = {f"_work{helper.__name__}": helper for helper in (_sized, _operated, _contained, _compared, _called)}


class Wrapping(ast.NodeTransformer):
    """
    Puts the helpers around what goes through something inside of C, within functions.
    """

    def __init__(self) -> None:
        self.depth = 0

    def _function(self, node: Any) -> Any:
        self.depth += 1
        if isinstance(node, ast.Lambda):
            node.body = self.visit(node.body)
        else:
            node.body = [self.visit(statement) for statement in node.body]
        self.depth -= 1
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = _function  # noqa: N815  # the names that ast asks for

    def visit(self, node: ast.AST) -> Any:
        """
        Outside of functions all stays as it is, but for the functions in it.
        """
        inside = self.depth or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef)
        return super().visit(node) if inside else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> Any:
        if isinstance(node.func, ast.Name) and node.func.id in FRAME:
            return node
        self.generic_visit(node)
        node.args.insert(0, node.func)
        node.func = _name("_called", node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        self.generic_visit(node)
        return _call("_operated", node, _text(_OPERATORS[type(node.op)], node), node.left, node.right)

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        self.generic_visit(node)
        if any(isinstance(part, ast.Call) for part in ast.walk(node.target)):
            return node
        left: Any = ast.parse(ast.unparse(node.target), mode="eval").body
        operation = _text("i" + _OPERATORS[type(node.op)].strip("_"), node)
        return ast.copy_location(
            ast.Assign(targets=[node.target], value=_call("_operated", node, operation, left, node.value)), node
        )

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        self.generic_visit(node)
        is_part = isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load)
        return _call("_sized", node, node) if is_part else node

    def visit_Compare(self, node: ast.Compare) -> Any:
        self.generic_visit(node)
        if len(node.ops) > 1:
            return node
        operation, right = node.ops[0], node.comparators[0]
        if isinstance(operation, ast.In):
            return _call("_contained", node, node.left, right)
        if isinstance(operation, ast.NotIn):
            found = ast.UnaryOp(op=ast.Not(), operand=_call("_contained", node, node.left, right))
            return ast.copy_location(found, node)
        if isinstance(operation, ast.Eq | ast.NotEq):
            name = "eq" if isinstance(operation, ast.Eq) else "ne"
            return _call("_compared", node, _text(name, node), node.left, right)
        return node

    def _display(self, node: Any) -> Any:
        self.generic_visit(node)
        if isinstance(node, ast.JoinedStr):
            return _call("_sized", node, node)
        if isinstance(node, ast.Dict):
            return _call("_sized", node, node) if None in node.keys else node
        is_copy = any(isinstance(one, ast.Starred) for one in node.elts)
        return (
            _call("_sized", node, node) if is_copy and isinstance(getattr(node, "ctx", ast.Load()), ast.Load) else node
        )

    visit_JoinedStr = visit_Dict = visit_List = visit_Tuple = visit_Set = _display  # noqa: N815  # as above

    def visit_FormattedValue(self, node: ast.FormattedValue) -> Any:
        # A text within a text would be counted twice, and the format is no expression.
        node.value = self.visit(node.value)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        # Hints are never run.
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_match_case(self, node: ast.match_case) -> Any:
        # Patterns are no expressions.
        node.guard = node.guard and self.visit(node.guard)
        node.body = [self.visit(statement) for statement in node.body]
        return node


IN_PLACE = frozenset({"iadd", "ior", "iand", "isub", "ixor", "imul"})

_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.BitOr: "or_",
    ast.BitAnd: "and_",
    ast.BitXor: "xor",
    ast.MatMult: "matmul",
}


def _name(helper: str, node: ast.AST) -> ast.Name:
    return ast.copy_location(ast.Name(id=f"_work{helper}", ctx=ast.Load()), node)


def _text(text: str, node: ast.AST) -> ast.Constant:
    return ast.copy_location(ast.Constant(text), node)


def _call(helper: str, node: ast.AST, *args: Any) -> ast.Call:
    return ast.copy_location(ast.Call(func=_name(helper, node), args=list(args), keywords=[]), node)


class Loader(SourceFileLoader):
    """
    Reads a module with the helpers in it, and neither reads nor writes compiled files.
    """

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        tree = ast.fix_missing_locations(Wrapping().visit(ast.parse(self.get_data(path))))
        return compile(tree, path, "exec", dont_inherit=True)


class Finder(MetaPathFinder):
    """
    Finds kowhy where it is, and has it read by the loader above.
    """

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if name.partition(".")[0] != "kowhy":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Loader(name, spec.loader.path)
        return spec


def install() -> None:
    """
    From now on kowhy is read with the helpers in it; nothing of it may have been imported before.
    """
    assert not any(name.partition(".")[0] == "kowhy" for name in sys.modules)
    vars(builtins).update(HELPERS)
    sys.meta_path.insert(0, Finder())


def reread(module: ModuleType) -> ModuleType:
    """
    *module* once more, with the helpers in it, beside the one that all others go on using.
    """
    again = ModuleType(module.__name__)
    vars(again).update(HELPERS)
    exec(Loader(module.__name__, str(module.__file__)).get_code(module.__name__), vars(again))  # noqa: S102  # our own
    return again


_OWN = str(Path(__file__))


def _check() -> None:
    assert _done <= _most, f"more than {_most:,} steps"


def _line(frame: FrameType, event: str, argument: object) -> Callable[..., Any]:  # noqa: ARG001  # as settrace asks
    global _done  # noqa: PLW0603
    _done += event == "line"
    if _done > _most:
        _check()
    return _line


def _frame(frame: FrameType, event: str, argument: object) -> Callable[..., Any] | None:  # noqa: ARG001  # as above
    return None if frame.f_code.co_filename == _OWN else _line


@contextlib.contextmanager
def counted(most: float = math.inf) -> Iterator[Callable[[], int]]:
    """
    Counts what is done within; what it gives says how much that was.

    Args:
        most: With more than this it ends at once, and in an error.
    """
    global _done, _most
    before = sys.gettrace()
    _done, _most = 0, most
    sys.settrace(_frame)
    try:
        yield lambda: _done
    finally:
        sys.settrace(before)
    # What C did last is counted after the last line.
    _check()


@contextlib.contextmanager
def stepped(text: str) -> Iterator[None]:
    """
    Sends each pattern that is used within over *text* in the machine, before ``re`` may be lost in it.

    Args:
        text: As hard as those that are searched within, and some thousand characters long: going over it once must
            keep within the steps that the machine takes at most, and going over it for each character must not.
    """
    gone: set[tuple[re.Pattern[str], bool]] = set()

    def look(frame: FrameType, event: str, argument: object) -> None:  # noqa: ARG001  # as setprofile asks
        pattern = getattr(argument, "__self__", None)
        if event != "c_call" or not isinstance(pattern, re.Pattern):
            return
        scanned = getattr(argument, "__name__", "") in SCANS
        if (pattern, scanned) in gone:
            return
        gone.add((pattern, scanned))
        machine = Machine(pattern)
        try:
            machine.scan(text) if scanned else machine.match(text, 0)
        except OverflowError:
            msg = f"{pattern.pattern!r} goes over the text again and again"
            raise AssertionError(msg) from None

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(before)
