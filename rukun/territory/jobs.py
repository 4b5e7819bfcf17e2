"""What follows an import of territory."""

from rukun.lib.jobs import after
from rukun.territory import tiles


@after("territory.import")
def draw(_pk: str) -> None:
    """The map of borders, where whoever imported has not drawn it already."""
    if not tiles.is_drawn():
        tiles.draw()
