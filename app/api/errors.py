"""The one form in which the HTTP interface says that something went wrong."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.storage.failures import StorageError


class ErrorDetail(BaseModel):
    """What went wrong: a code for programs, a sentence for people, and what is needed to go on."""

    code: str
    message: str
    resume_after: str | None = None
    """Cursor from which reading can go on, where the one that was given cannot be used."""


class ErrorBody(BaseModel):
    """The body of every answer that is no success."""

    error: ErrorDetail


class ApiError(Exception):
    """Answers a request with a status and the one error form."""

    def __init__(self, status: int, code: str, message: str, *, resume_after: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.detail = ErrorDetail(code=code, message=message, resume_after=resume_after)


def install(api: FastAPI) -> None:
    """Let every failure of this application answer in the one form."""

    @api.exception_handler(ApiError)
    async def known(_request: Request, error: ApiError) -> JSONResponse:
        return _answer(error.status, error.detail)

    @api.exception_handler(RequestValidationError)
    async def malformed(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        name = '.'.join(str(part) for part in first['loc'][1:])
        return _answer(422, ErrorDetail(code='invalid_parameter', message=f'{name}: {first["msg"]}'))

    @api.exception_handler(HTTPException)
    async def refused(_request: Request, error: HTTPException) -> JSONResponse:
        return _answer(error.status_code, ErrorDetail(code=f'http_{error.status_code}', message=str(error.detail)))

    @api.exception_handler(StorageError)
    async def not_stored(_request: Request, _error: StorageError) -> JSONResponse:
        return _answer(503, ErrorDetail(code='storage_unavailable', message='The database does not answer'))


def _answer(status: int, detail: ErrorDetail) -> JSONResponse:
    return JSONResponse(ErrorBody(error=detail).model_dump(exclude_none=True), status_code=status)
