"""The site: a Datasette plugin package.

The hooks below are those that Datasette 0.65 and 1.0 share. The plugin is loaded into every
Datasette of the environment and does nothing where no database is a claimtrack one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os import PathLike
from typing import Any, TypeVar

from datasette import hookimpl

from claimtrack.publish import ours
from claimtrack.publish.boxes import bounded
from claimtrack.publish.cells import cell
from claimtrack.publish.headers import guarded
from claimtrack.publish.links import Links
from claimtrack.publish.reviewing import Reviewing
from claimtrack.publish.routes import review_routes, routes
from claimtrack.publish.server import Where, serve
from claimtrack.publish.versions import REVIEW, grants, review_action
from claimtrack.store.connection import is_ours
from claimtrack.store.search import register_functions

__all__ = ["Reviewing", "Where", "build", "serve"]


F = TypeVar("F", bound=Callable[..., Any])


def _hook(**options: bool) -> Callable[[F], F]:
    """Mark a function as the Datasette hook it is named after."""
    mark: Callable[[F], F] = hookimpl(**options)
    return mark


def build(
    path: str | PathLike[str], *, public: bool = False, review: Reviewing | None = None
) -> Any:
    """Return a Datasette with a claimtrack database mounted as `claims`; see `publish.app`."""
    from claimtrack.publish import app  # noqa: PLC0415 (Datasette imports us while it loads)

    return app.build(path, public=public, review=review)


@_hook()
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Add our pages."""
    database = ours.look(datasette)
    if not database:
        return []
    return [*routes(database), *(review_routes(database) if datasette in ours.REVIEWED else ())]


@_hook()
def permission_allowed(datasette: Any, actor: Any, action: str) -> bool | None:
    """Let those decide who are named (0.65)."""
    known = ours.REVIEWED.get(datasette)
    return True if known and action == REVIEW and known.may(actor) else None


@_hook()
def register_actions(datasette: Any) -> list[Any]:
    """Name the permission to decide (1.0)."""
    return review_action() if datasette in ours.REVIEWED else []


@_hook()
def permission_resources_sql(datasette: Any, actor: Any, action: str) -> Any:
    """Let those decide who are named (1.0)."""
    known = ours.REVIEWED.get(datasette)
    return grants(known.may(actor)) if known and action == REVIEW else None


@_hook()
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Guard the pages that are not ours."""

    def wrap(app: Any) -> Any:
        if ours.name(datasette) is None:
            return app
        if datasette in ours.REVIEWED:
            return guarded(app, public=True, signed_in=datasette.urls.path("/review"))
        return guarded(app, public=ours.published(datasette))

    return wrap


@_hook(trylast=True)
def prepare_connection(conn: Any) -> None:
    """Let SQL fold text as the search does; after Datasette's own escape_fts, which it replaces."""
    if is_ours(conn):
        register_functions(conn)


@_hook()
def render_cell(value: Any, database: str, datasette: Any) -> Any:
    """Give each text its own direction, and each id its page."""
    if not isinstance(value, (str, dict)) or database != ours.name(datasette):
        return None
    return cell(value, Links(datasette.urls), datasette.setting("truncate_cells_html"))


@_hook(hookwrapper=True)
def filters_from_request(database: str, datasette: Any) -> Iterator[None]:
    """Bound what the search boxes of a large database look at."""
    outcome: Any = yield
    if database == ours.name(datasette):
        outcome.force_result([bounded(datasette, database, made) for made in outcome.get_result()])


@_hook()
def extra_css_urls(template: str, datasette: Any) -> list[str]:
    """Style Datasette's own pages; ours name their style sheet themselves."""
    if ours.name(datasette) is None or template.startswith("ct_"):
        return []
    return [Links(datasette.urls).static("tables.css")]


@_hook()
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """Lead from Datasette's own pages back to ours."""
    if ours.name(datasette) is None:
        return []
    return [{"href": Links(datasette.urls).page(), "label": "claimtrack"}]
