"""The baseline of everything that is served: NiceGUI alone, with the options of the box.

`python -m tests.benchmarks.bare PORT`
"""

import sys
import time

from nicegui import app, ui

shown: list[ui.label] = []


@ui.page('/')
def page() -> None:
    """What any page has: words, something to press, something to type into."""
    label = ui.label('')
    ui.button('OK')
    ui.input('number')
    ui.select(['in', 'out'], value='in')
    shown.append(label)
    ui.context.client.on_delete(lambda: shown.remove(label))


@app.get('/ready')
def ready() -> str:
    """Answers as soon as anything is served."""
    return 'ready'


@app.post('/push')
async def push(text: str) -> float:
    """Show a text on all pages; the answer is when that was ordered, in seconds of the wall clock."""
    at = time.time()
    for label in shown:
        label.set_text(text)
    return at


if __name__ in {'__main__', '__mp_main__'}:
    ui.run(
        host='127.0.0.1',
        port=int(sys.argv[1]),
        show=False,
        reload=False,
        tailwind=False,
        reconnect_timeout=120,
        binding_refresh_interval=None,
        show_welcome_message=False,
        uvicorn_logging_level='warning',
        timeout_graceful_shutdown=2,
    )
