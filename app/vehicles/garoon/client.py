"""Reads reservations of cars from Garoon's REST interface and writes the state of a lending back."""

import asyncio
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import quote

from app.vehicles.garoon.certificates import ClientCertificate, tls_context
from app.vehicles.garoon.errors import Forbidden, NotFound, Rejected
from app.vehicles.garoon.events import Facility, Reservation, UnreadableEvent, event_id_of, reservations_of
from app.vehicles.garoon.oauth import HeldToken, OAuthClient, RefreshTokens
from app.vehicles.garoon.paging import all_items
from app.vehicles.garoon.sync import Fetched, Window
from app.vehicles.garoon.transport import Patience, Transport

LARGEST_PAGE = 1000
AT_ONCE = 4
LONGEST_NAME = 128
LONGEST_VALUE = 80_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicAuth:
    """The extra lock in front of some Garoons (HTTP Basic), beside Garoon's own login."""

    login: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GaroonAccess:
    """How Garoon is reached; secrets are left out of its text form."""

    base_url: str
    """Any address of the Garoon: `app.vehicles.garoon.address.api_root` tells which are understood."""
    login: str = ''
    """A service user without two-factor sign-in, with 閲覧権限 on the cars."""
    password: str = field(default='', repr=False)
    oauth: OAuthClient | None = None
    """Instead of login and password, in the cloud."""
    client_certificate: ClientCertificate | None = None
    """By which the box shows itself, beside either."""
    facility_group_id: str = ''
    """The facility group of the cars; empty: every facility is a car."""
    basic_auth: BasicAuth | None = None
    verify: bool | str = True
    """False trusts every certificate; a path names a PEM file of trusted authorities."""
    proxy: str = field(default='', repr=False)

    def headers(self) -> dict[str, str]:
        """What every request carries beside an access token (domain/vehicles_and_attendance.md 2.1)."""
        if self.oauth:
            return {}
        headers = {'X-Cybozu-Authorization': _base64(self.login, self.password)}
        if self.basic_auth:
            headers['Authorization'] = f'Basic {_base64(self.basic_auth.login, self.basic_auth.password)}'
        return headers


class Garoon:
    """One connection to Garoon; every call may raise a `GaroonError`, after a few tries where trying again can help."""

    def __init__(
        self,
        access: GaroonAccess,
        patience: Patience | None = None,
        page: int = LARGEST_PAGE,
        refresh: RefreshTokens | None = None,
    ) -> None:
        """`refresh` keeps the refresh token over the life of the process.

        Raises:
            BadAddress: the setting names no Garoon.
            BadCertificate: the client certificate cannot be used.
        """
        self._access = access
        context = tls_context(access.verify, access.client_certificate)
        self._transport = Transport(access.base_url, access.headers(), context, access.proxy, patience)
        if access.oauth:
            self._transport.sign_in_by(access.oauth, refresh or HeldToken(access.oauth.refresh_token))
        self._page = page

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._transport.close()

    async def facilities(self) -> tuple[Facility, ...]:
        """The cars: facilities of the facility group, or all where none is set."""
        group = self._access.facility_group_id
        path = f'/schedule/facilityGroups/{_segment(group)}/facilities' if group else '/schedule/facilities'
        found = await all_items(self._transport, path, 'facilities', {}, self._page)
        return tuple(
            Facility(str(each['id']), str(each.get('code') or ''), str(each.get('name') or '')) for each in found
        )

    async def reservations(self, facilities: Iterable[Facility], window: Window) -> Fetched:
        """All visible reservations of these cars; `read_facilities` lacks the cars that the user may not see."""
        places = asyncio.Semaphore(AT_ONCE)

        async def read(facility: Facility) -> '_OfOneCar | None':
            async with places:
                return await self._of_one_car(facility, window)

        tasks = [asyncio.create_task(read(facility)) for facility in facilities]
        try:
            answers = [answer for answer in await asyncio.gather(*tasks) if answer]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return Fetched(
            window=window,
            reservations=tuple(each for answer in answers for each in answer.reservations),
            read_facilities=frozenset(answer.facility_id for answer in answers),
            unreadable_events=frozenset(each for answer in answers for each in answer.unreadable),
        )

    async def write_state(self, event_id: str, name: str, value: Mapping[str, Any]) -> None:
        """Keep a value with an event, such as the state of the lending under `jp.example.lending`.

        Raises:
            ValueError: the id is empty, the name is longer than 128 or the value than 80,000 characters of JSON.
            NotFound: the event is gone.
        """
        if not 0 < len(name) <= LONGEST_NAME:
            raise ValueError(f'a datastore name has 1 to {LONGEST_NAME} characters')
        path = f'/schedule/events/{_segment(event_id)}/datastore/{_segment(name)}'
        body = {'value': dict(value)}
        if self._transport.length_of(body) > LONGEST_VALUE:
            raise ValueError(f'a datastore value has at most {LONGEST_VALUE} characters')
        try:
            await self._transport.send('PUT', path, body)
        except (NotFound, Rejected):
            await self._transport.send('POST', path, body)

    async def _of_one_car(self, facility: Facility, window: Window) -> '_OfOneCar | None':
        try:
            events = await all_items(
                self._transport, '/schedule/events', 'events', _query(facility, window), self._page
            )
        except (Forbidden, NotFound):
            return None
        found: dict[str, Reservation] = {}
        unreadable = set()
        for event in events:
            try:
                found |= {each.key: each for each in reservations_of(event, facility) if each.start in window}
            except UnreadableEvent:
                unreadable.add(event_id_of(event))
        return _OfOneCar(facility.id, tuple(found.values()), frozenset(unreadable))


@dataclass(frozen=True, slots=True)
class _OfOneCar:
    facility_id: str
    reservations: tuple[Reservation, ...]
    unreadable: frozenset[str]


def _query(facility: Facility, window: Window) -> dict[str, str]:
    """A little more than the window: whether its bounds belong to it is not documented."""
    return {
        'target': facility.id,
        'targetType': 'facility',
        'rangeStart': _rfc3339(window.starts_from - timedelta(minutes=1)),
        'rangeEnd': _rfc3339(window.starts_before + timedelta(minutes=1)),
        'orderBy': 'start asc',
    }


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec='seconds')


def _base64(login: str, password: str) -> str:
    return b64encode(f'{login}:{password}'.encode()).decode('ascii')


def _segment(text: str) -> str:
    if text in ('', '.', '..'):
        raise ValueError('an id is empty')
    return quote(text, safe='')
