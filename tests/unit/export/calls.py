"""Reads a list of Python sources, as JSON, and prints the call of the SDK in each, as Python's own parser sees it."""

import ast
import json
import sys

COMPUTED = "<computed>"


def value(node, names):
    """A literal as JSON; a variable as what it was set to, and anything that would have to be run as COMPUTED."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.List):
        return [value(item, names) for item in node.elts]
    if isinstance(node, ast.Dict):
        return {value(key, names): value(inner, names) for key, inner in zip(node.keys, node.values)}
    if isinstance(node, ast.Name) and node.id in names:
        return value(names[node.id], names)
    return COMPUTED


def call_in(source):
    module = ast.parse(source)
    names = {
        target.id: node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    [call] = [node for node in calls if ast.unparse(node.func).endswith("messages.create")]
    client, method = call.func.value.value, f"{call.func.value.attr}.{call.func.attr}"
    made = names[client.id] if isinstance(client, ast.Name) else client
    return {
        "call": {
            "imports": next(alias.name for node in module.body for alias in getattr(node, "names", []) if alias.name == "anthropic"),
            "client": ast.unparse(made.func),
            "told": {keyword.arg: value(keyword.value, names) for keyword in made.keywords},
            "method": method,
        },
        "arguments": {keyword.arg: value(keyword.value, names) for keyword in call.keywords},
        "computed": [ast.unparse(node) for node in names.values() if "read_bytes" in ast.unparse(node)],
    }


json.dump([call_in(source) for source in json.load(sys.stdin)], sys.stdout)
