"""What the two lines of Datasette, 0.65 and 1.0, want to be told differently; nothing else knows.

1.0 reads queries from its configuration, of which descriptions are no part; it asks for
permission by resource, and no longer takes settings that it made the only way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial
from importlib.util import find_spec
from typing import Any


def is_new(datasette: Any) -> bool:
    """Tell whether a Datasette is of the 1.0 line."""
    return hasattr(datasette, "allowed")


REVIEW = "claimtrack-review"
"""The permission to decide on the site."""


def made(
    metadata: Mapping[str, Any],
    settings: Mapping[str, Any],
    inspected: Mapping[str, Any] | None,
    plugins: Mapping[str, Any] | None = None,
) -> Any:
    """Return a Datasette without databases.

    Args:
        metadata: As metadata.yml has it, queries among it.
        settings: Settings; those that this Datasette does not know are left out.
        inspected: What is known of finished copies.
        plugins: What plugins are told, by their names.
    """
    from datasette.app import SETTINGS, Datasette  # noqa: PLC0415 (it imports us while it loads)

    told, rest = deepcopy(dict(metadata)), {}
    signing = {"plugins": deepcopy(dict(plugins))} if plugins else {}
    if is_new(Datasette):
        queries = {
            name: {"queries": database.pop("queries")}
            for name, database in told.get("databases", {}).items()
            if "queries" in database
        }
        rest = {"config": {"databases": queries, **signing}}
    else:
        told |= signing
    known = {each.name for each in SETTINGS}
    site = Datasette(
        [],
        metadata=told,
        settings={name: value for name, value in settings.items() if name in known},
        inspect_data=inspected,
        **rest,
    )
    site.unsign = partial(_unsigned, site.unsign)
    return site


def _unsigned(unsign: Callable[..., Any], signed: str, namespace: str = "default") -> Any:
    """Return what was signed; say at once where nothing was, as in the cookies of most readers.

    What the signer raises is held by the frames it passed, and holds them: the whole answer would
    lie about in that circle until Python searches all of memory.

    Raises:
        BadSignature: Nothing was, or not by this site.
    """
    from datasette.app import BadSignature  # noqa: PLC0415 (it imports us while it loads)

    if not signed:
        raise BadSignature("Nothing was signed.")
    return unsign(signed, namespace)


async def may_see(datasette: Any, actor: Any, database: str) -> bool:
    """Tell whether a reader may see a database, by the rules of metadata.yml."""
    if is_new(datasette):
        from datasette.resources import DatabaseResource  # noqa: PLC0415 (1.0 alone has it)

        resource = DatabaseResource(database)
        return bool(await datasette.allowed(action="view-database", resource=resource, actor=actor))
    visible, _ = await datasette.check_visibility(
        actor, permissions=[("view-database", database), "view-instance"]
    )
    return bool(visible)


async def may_review(datasette: Any, actor: Any) -> bool:
    """Tell whether a reader may decide on the site."""
    if not actor or not actor.get("id"):
        return False
    if is_new(datasette):
        return bool(await datasette.allowed(action=REVIEW, actor=actor))
    return bool(await datasette.permission_allowed(actor, REVIEW, default=False))


def review_action() -> list[Any]:
    """Return that permission as 1.0 wants it registered."""
    from datasette.permissions import Action  # noqa: PLC0415 (1.0 alone has it)

    return [Action(name=REVIEW, description="Decide about attributions, claims and sources")]


def grants(allowed: bool) -> Any:
    """Return, as 1.0 wants it, that somebody has a permission, or that nothing is said of it."""
    from datasette.permissions import PermissionSQL  # noqa: PLC0415 (1.0 alone has it)

    return PermissionSQL.allow(reason="claimtrack reviewer") if allowed else None


def has_sign_in() -> bool:
    """Tell whether datasette-auth-passwords is installed, which has a page to sign in at."""
    return find_spec("datasette_auth_passwords") is not None
