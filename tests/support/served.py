"""Serving pages from a process of their own, as the box serves its own."""

from nicegui import ui

STOP_SECONDS = 2


def serve_pages(port: int) -> None:
    """Serve what was registered, on this machine alone, until the process is told to stop."""
    ui.run(
        host='127.0.0.1',
        port=port,
        show=False,
        reload=False,
        language='ja',
        tailwind=False,
        reconnect_timeout=120,
        binding_refresh_interval=None,
        show_welcome_message=False,
        uvicorn_logging_level='warning',
        timeout_graceful_shutdown=STOP_SECONDS,
    )
