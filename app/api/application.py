"""The HTTP interface under `/api/v1`."""

from collections.abc import Callable

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

from app.access.policies import Audience, Policy, policies
from app.api.attendance import SCOPE, attendance_routes
from app.api.errors import install
from app.api.health import health_routes
from app.api.line import PATH as LINE_PATH
from app.api.line import line_routes
from app.api.shelters import SHELTERS_SCOPE, shelter_routes
from app.api.vehicles import ALCOHOL_SCOPE, VEHICLES_SCOPE, vehicle_routes
from app.runtime import Condition

PREFIX = '/api/v1'


def build_api(condition: Condition, asset_url: Callable[[str], str]) -> FastAPI:
    """The application to mount at `/api/v1`, with the paths it opens registered.

    `asset_url` tells where the box serves a file of its own, so that nothing comes from a CDN.
    """
    api = FastAPI(title='まちばこ', version='1', docs_url=None, redoc_url=None, openapi_url='/openapi.json')
    install(api)
    api.include_router(health_routes(condition))
    api.include_router(line_routes(condition))
    api.include_router(attendance_routes(condition))
    api.include_router(vehicle_routes(condition))
    api.include_router(shelter_routes(condition))

    @api.get('/docs', include_in_schema=False)
    async def documentation() -> HTMLResponse:
        """The interface for people, with its scripts from the box."""
        return get_swagger_ui_html(
            openapi_url=f'{PREFIX}/openapi.json',
            title='まちばこ API',
            swagger_js_url=asset_url('swagger-ui/swagger-ui-bundle.js'),
            swagger_css_url=asset_url('swagger-ui/swagger-ui.css'),
            swagger_favicon_url='/favicon.ico',
            swagger_ui_parameters={'validatorUrl': None},
        )

    for path in ('/health', '/openapi.json', '/docs'):
        policies.register(PREFIX + path, public=True)
    policies.register(f'{PREFIX}/attendance/punches', scope=SCOPE)
    policies.add(Policy(path=PREFIX + LINE_PATH, audience=Audience.PUBLIC, proves_itself=True))
    for path in ('/vehicles', '/vehicles/trips'):
        policies.register(PREFIX + path, scope=VEHICLES_SCOPE)
    policies.register(f'{PREFIX}/vehicles/alcohol-checks', scope=ALCOHOL_SCOPE)
    for path in ('/shelters', '/shelters/{shelter}/reports'):
        policies.register(PREFIX + path, scope=SHELTERS_SCOPE)
    return api
