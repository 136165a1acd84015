"""What comes over a real web socket: only from the page's own browser, and only while it may."""

import pytest
import socketio
from socketio.exceptions import ConnectionError as SocketRefused

from tests.pages.access.conftest import Visitor


async def opened(visitor: Visitor, path: str) -> tuple[str, socketio.AsyncClient]:
    client = await visitor.open_page(path)
    return client, await visitor.connect(client)


@pytest.mark.parametrize('origin', ['http://evil.example', 'null', 'https://127.0.0.1', ''])
async def test_a_socket_from_another_site_or_from_none_is_refused(visitor: Visitor, origin: str) -> None:
    client = await visitor.open_page('/open')
    with pytest.raises(SocketRefused):
        await visitor.connect(client, Origin=origin)
    upgrade = {'Connection': 'Upgrade', 'Upgrade': 'websocket', 'Sec-WebSocket-Version': '13'}
    headers = {**upgrade, 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', **({'Origin': origin} if origin else {})}
    query = f'EIO=4&transport=websocket&client_id={client}&implicit_handshake=true'
    assert (await visitor.get(f'/_nicegui_ws/socket.io/?{query}', **headers)).status_code == 403


async def test_polling_without_an_origin_is_refused(visitor: Visitor) -> None:
    assert (await visitor.get('/_nicegui_ws/socket.io/?EIO=4&transport=polling')).status_code == 403


async def test_an_event_reaches_its_handler_as_the_principal_of_its_page(visitor: Visitor) -> None:
    await visitor.sign_in('2002')
    client, socket = await opened(visitor, '/staff')
    before = len(await visitor.presses('staff'))
    await visitor.press(socket, client, 'staff')
    await visitor.until_pressed('staff', before + 1)
    assert (await visitor.presses('staff'))[-1] == 'StaffPrincipal'


async def test_a_handler_that_asks_for_a_permission_refuses_those_who_lack_it(visitor: Visitor, other: Visitor) -> None:
    for someone, number in ((visitor, '2002'), (other, '1001')):
        await someone.sign_in(number)
        client, socket = await opened(someone, '/staff')
        await someone.press(socket, client, 'careful')
    client, socket = await opened(visitor, '/open')
    await visitor.press(socket, client, 'careful')
    await other.until_pressed('careful', 1)
    before = len(await visitor.presses('open'))
    await visitor.press(socket, client, 'open')
    await visitor.until_pressed('open', before + 1)
    assert len(await visitor.presses('careful')) == 1


async def test_the_id_of_somebody_elses_page_opens_nothing(visitor: Visitor, other: Visitor) -> None:
    await visitor.sign_in('1001')
    client = await visitor.open_page('/staff')
    with pytest.raises(SocketRefused):
        await other.connect(client)
    await other.sign_in('2002')
    with pytest.raises(SocketRefused):
        await other.connect(client)


async def test_an_event_for_another_page_is_ignored_even_from_an_accepted_socket(
    visitor: Visitor, other: Visitor
) -> None:
    await visitor.sign_in('1001')
    client, _socket = await opened(visitor, '/staff')
    own, socket = await opened(other, '/open')
    before = len(await visitor.presses('staff'))
    await other.press(socket, client, 'staff')
    opens = len(await visitor.presses('open'))
    await other.press(socket, own, 'open')
    await visitor.until_pressed('open', opens + 1)
    assert len(await visitor.presses('staff')) == before
    assert 'access.socket_refused event malformed' in (await visitor.state())['refused']


async def test_a_socket_without_a_client_can_say_nothing(visitor: Visitor) -> None:
    socket = socketio.AsyncClient(reconnection=False)
    visitor.sockets.append(socket)
    await socket.connect(
        visitor.address,
        headers={'Origin': visitor.address},
        transports=['websocket'],
        socketio_path='/_nicegui_ws/socket.io',
    )
    assert await socket.call('handshake', {'client_id': 'nobody', 'tab_id': 'x', 'document_id': 'x'}) is False
    await socket.emit('log', {'client_id': 'nobody', 'level': 'error', 'message': 'flood'})
    await visitor.until_dropped(socket)


async def test_when_a_session_ends_its_sockets_are_told_and_dropped_and_late_events_refused(visitor: Visitor) -> None:
    await visitor.sign_in('1001')
    client, socket = await opened(visitor, '/staff')
    sent: list[str] = []
    socket.on('open', lambda message: sent.append(message['path']))
    before = len(await visitor.presses('staff'))
    await visitor.press(socket, client, 'staff')
    await visitor.until_pressed('staff', before + 1)
    await visitor.get('/script/end/1001')
    await visitor.press(socket, client, 'staff')
    await visitor.until_dropped(socket)
    assert sent[0] == '/sign-in'
    assert len(await visitor.presses('staff')) == before + 1
    assert client not in (await visitor.state())['clients']
    with pytest.raises(SocketRefused):
        await visitor.connect(client)


async def test_when_a_tablet_is_revoked_its_socket_is_told_and_dropped_and_late_events_refused(
    visitor: Visitor, other: Visitor
) -> None:
    await visitor.enrol()
    client, socket = await opened(visitor, '/kiosk')
    sent: list[str] = []
    socket.on('open', lambda message: sent.append(message['path']))
    before = len(await visitor.presses('kiosk'))
    await visitor.press(socket, client, 'kiosk')
    await visitor.until_pressed('kiosk', before + 1)
    assert (await visitor.presses('kiosk'))[-1] == 'DeskPrincipal'
    await other.get('/script/revoke')
    await visitor.press(socket, client, 'kiosk')
    await visitor.until_dropped(socket)
    assert sent[0] == '/kiosk'
    assert len(await visitor.presses('kiosk')) == before + 1
    assert 'access.socket_refused event after the end' in (await visitor.state())['refused']
    answer = await visitor.get('/kiosk')
    assert answer.status_code == 403
    assert 'この端末は登録されていません' in answer.text


async def test_a_page_that_was_never_connected_goes_with_its_session(visitor: Visitor) -> None:
    await visitor.sign_in('1001')
    client = await visitor.open_page('/staff')
    await visitor.post('/sign-out')
    await visitor.until(lambda state: client not in state['clients'])


@pytest.mark.parametrize(
    ('name', 'message'),
    [
        ('event', {'id': '1', 'args': []}),
        ('event', {'id': 1, 'args': {}}),
        ('event', {'id': 1, 'args': [7]}),
        ('event', {'id': 1, 'args': ['x' * 70_000]}),
        ('javascript_response', {'request_id': 7}),
        ('javascript_response', {'request_id': 'x', 'result': 'x' * 140_000}),
        ('ack', {'next_message_id': 'x'}),
        ('log', {'level': 'critical', 'message': 'x'}),
        ('log', {'level': 'error', 'message': {}}),
    ],
)
async def test_a_malformed_or_oversized_message_is_ignored(visitor: Visitor, name: str, message: dict) -> None:
    client, socket = await opened(visitor, '/open')
    await socket.emit(name, {'client_id': client, **message})
    before = len(await visitor.presses('open'))
    await visitor.press(socket, client, 'open')
    await visitor.until_pressed('open', before + 1)
    assert f'access.socket_refused {name} malformed' in (await visitor.state())['refused']


@pytest.mark.parametrize('message', [None, 7, 'event', [], [[]]])
async def test_a_message_that_is_no_object_is_ignored(visitor: Visitor, message: object) -> None:
    client, socket = await opened(visitor, '/open')
    await socket.emit('event', message)
    before = len(await visitor.presses('open'))
    await visitor.press(socket, client, 'open')
    await visitor.until_pressed('open', before + 1)


async def test_a_flood_of_log_lines_is_cut_off(visitor: Visitor) -> None:
    client, socket = await opened(visitor, '/open')
    for number in range(200):
        await socket.emit('log', {'client_id': client, 'level': 'debug', 'message': f'{number}'})
    before = len(await visitor.presses('open'))
    await visitor.press(socket, client, 'open')
    await visitor.until_pressed('open', before + 1)
    assert 'access.socket_refused log too often' in (await visitor.state())['refused']
