"""How the charts look: guesses are striped, answers solid, published figures black; told apart without colour."""

from typing import Any

BLACK = "#1b1b1b"
STRIPES: dict[str, Any] = {
    "color": "#ffffff",
    "pattern": {"shape": "/", "fgcolor": "#d55e00", "size": 10, "solidity": 0.4},
}
SOLID: dict[str, Any] = {"color": "#0072b2"}
FONT = {"family": "system-ui, sans-serif", "size": 17, "color": BLACK}


def marked(look: dict[str, Any]) -> dict[str, Any]:
    """The look of one bar or point, outlined in black, so that it is seen in greys and on paper too."""
    return {"marker": {"color": BLACK, "line": {"color": BLACK, "width": 2}, **look}, "hoverinfo": "skip"}
