"""What keeps the index whole: what an older version never put into it, or a restore left behind."""

from rukun.lib.jobs import every
from rukun.search import index


@every(hours=24)
def mend() -> None:
    """An index that was never made, or fell behind, is made anew."""
    if any(index.differences()):
        index.rebuild()
