"""A Garoon to try by hand: `python -m tests.fakes.garoon --port 8099` (login `machibako`, password `garoon`)."""

import argparse
from datetime import datetime

import uvicorn

from app.clock import TOKYO
from tests.fakes.garoon.demo import city_with_sixty_cars
from tests.fakes.garoon.server import asgi

parser = argparse.ArgumentParser(prog='python -m tests.fakes.garoon', description=__doc__)
parser.add_argument('--port', type=int, default=8099)
port = parser.parse_args().port
store = city_with_sixty_cars(datetime.now(TOKYO))
print(f'base_url = "http://localhost:{port}/g", facility_group_id = "{store.GROUP_ID}"', flush=True)
uvicorn.run(asgi(store), host='127.0.0.1', port=port, log_level='info')
