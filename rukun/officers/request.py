"""A request as the rooms above `access` get it: with the officer who makes it, if the account is one's."""

from typing import TYPE_CHECKING

from rukun.access import request

if TYPE_CHECKING:
    from rukun.officers.models import Account, Officer


class Request(request.Request):
    """For types alone: ActorMiddleware sets the officer; whoever gets as far as a view of ours has signed in, or the view is public."""

    officer: "Officer | None"
    user: "Account"  # a public view asks is_authenticated first
