"""What LINE sends to the box."""

from fastapi import APIRouter, Request, Response

from app.messages.line_webhook import NotFromLine
from app.runtime import Condition

PATH = '/line/webhook'
REFUSED = 'messages.line_refused'


def line_routes(condition: Condition) -> APIRouter:
    """`POST /line/webhook` (Messaging API); the signature proves who sends."""
    routes = APIRouter(tags=['messages'])

    @routes.post(PATH, include_in_schema=False)
    async def webhook(request: Request) -> Response:
        """Take events; every answer is empty, as LINE asks for none."""
        box = condition.require_box()
        try:
            await box.messages.line_webhook.take(await request.body(), request.headers.get('X-Line-Signature', ''))
        except NotFromLine:
            box.security_log.refused(REFUSED, request.client.host if request.client else 'unknown', 'signature')
            return Response(status_code=401)
        return Response(status_code=200)

    return routes
