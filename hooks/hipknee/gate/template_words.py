"""What a template says, as Jinja reads it."""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, nodes

__all__ = ["TemplateSyntaxError", "calls"]


def calls(template: str) -> list[tuple[str, tuple[str, ...]]]:
    """What a template of this text says by a name of its own, as Jinja reads it: `say("name", value=…)`,
    `say.counted("one", "many", …)` and `say.several("names")`.

    Raises jinja2.TemplateSyntaxError.
    """
    every = [(_method(call.node), call) for call in Environment().parse(template).find_all(nodes.Call)]
    values = {"": None, "counted": ("count",), "several": ()}
    return [
        (name.value, values[method] or tuple(keyword.key for keyword in call.kwargs))
        for method, call in every
        if method in values
        for name in call.args
        if isinstance(name, nodes.Const) and isinstance(name.value, str)
    ]


def _method(called: nodes.Expr) -> str | None:
    """What is asked of `say`: "" when it is called itself; None for anything else."""
    match called:
        case nodes.Name(name="say"):
            return ""
        case nodes.Getattr(node=nodes.Name(name="say"), attr=method):
            return str(method)
    return None
