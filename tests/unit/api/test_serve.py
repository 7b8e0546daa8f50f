"""A process that serves is ready before its first request, and its garbage collector walks only what comes after."""

import gc

from api.cli.serve import application


def test_routes_are_put_together_and_left_to_no_collector_before_the_first_request() -> None:
    frozen, usual = gc.get_freeze_count(), gc.get_threshold()
    try:
        app = application()
        waits_for = gc.get_threshold()[0]
    finally:
        gc.set_threshold(*usual)
    assert gc.get_freeze_count() > frozen
    assert waits_for >= 10 * 700, "a chat's objects are not walked while they are in use"
    scope = {"type": "http", "method": "GET", "path": "/-", "root_path": "", "headers": [], "app": app}
    gc.disable()
    try:
        before = len(gc.get_objects())
        for route in app.routes:
            route.matches(scope)
        assert len(gc.get_objects()) - before < 1_000, "without it, about 19,000"
    finally:
        gc.enable()
