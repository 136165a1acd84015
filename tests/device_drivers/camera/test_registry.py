import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_drivers.camera.capture_camera import CaptureCamera
from device_drivers.camera.http_camera import HttpCamera
from device_drivers.camera.interface import CameraState
from device_drivers.camera.registry import BadCameraAddress, normalise_address, open_camera
from device_drivers.camera.simulation import SimulatedCamera
from device_drivers.camera.url import parse_camera_url

SECRET = 'kanazawa-920'


@pytest.mark.parametrize(
    ('address', 'kind'),
    [
        ('usb:usb-046d_HD_Pro_Webcam-video-index0', CaptureCamera),
        ('usb:/dev/video0', CaptureCamera),
        ('http://192.0.2.7/still.jpg', HttpCamera),
        ('HTTPS://cam.example/video?channel=2', HttpCamera),
        ('rtsp://192.0.2.8:8554/live', CaptureCamera),
        ('sim:lobby', SimulatedCamera),
    ],
)
def test_each_address_opens_its_kind_of_camera(address: str, kind: type) -> None:
    camera = open_camera(address)
    assert isinstance(camera, kind)
    assert camera.state is CameraState.STOPPED
    assert camera.address == normalise_address(address)


@pytest.mark.parametrize(
    'address',
    [
        '',
        'usb:',
        'sim: ',
        'video0',
        'file:///etc/passwd',
        'http://',
        'http:///still',
        'rtsp://nvr:99999/',
        '/dev/video0',
    ],
)
def test_an_address_that_names_no_camera_is_refused(address: str) -> None:
    with pytest.raises(BadCameraAddress):
        normalise_address(address)


@pytest.mark.parametrize('name', ['../../../etc/passwd', '/etc/passwd', '.', '/dev'])
def test_a_usb_camera_lies_below_dev(name: str) -> None:
    with pytest.raises(BadCameraAddress):
        open_camera(f'usb:{name}')


def test_what_may_be_shown_holds_no_secret_and_still_tells_cameras_apart() -> None:
    url = parse_camera_url(f'http://guard:{SECRET}@nvr.example:8080/cgi?channel=2&pwd={SECRET}&t={SECRET}')
    assert url.shown == 'http://nvr.example:8080/cgi?channel=2&pwd=***&t=***'
    assert SECRET not in repr(url)
    assert (url.user, url.password) == ('guard', SECRET)


def test_user_and_password_may_be_percent_encoded() -> None:
    url = parse_camera_url('http://gu%40rd:p%3Aw@nvr/')
    assert (url.user, url.password, url.plain) == ('gu@rd', 'p:w', 'http://nvr/')


@pytest.mark.parametrize(
    'address', [f'ftp://guard:{SECRET}@nvr/', f'http://guard:{SECRET}@:80/', f'rtsp://u:{SECRET}@n:x/']
)
def test_a_refused_address_is_not_repeated_in_the_error(address: str) -> None:
    with pytest.raises(BadCameraAddress) as refusal:
        normalise_address(address)
    assert SECRET not in str(refusal.value)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_after_the_scheme_is_an_address_or_refused(text: str) -> None:
    try:
        normalise_address(f'http://{text}')
    except BadCameraAddress:
        return
    assert parse_camera_url(f'http://{text}').shown
