"""Names that were asked for and are not there."""

from collections.abc import Iterable
from difflib import get_close_matches


class PlainError(Exception):
    """An error whose message is all that a notebook shows of it: no traceback stands above the sentence."""

    def _render_traceback_(self) -> list[str]:
        """Return the lines that IPython shows."""
        return str(self).splitlines()


def nearest_name(asked: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant; "" if none is near."""
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(asked.casefold(), folded, n=1)
    return folded[found[0]] if found else ""
