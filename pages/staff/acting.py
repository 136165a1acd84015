"""Who acts on a staff page, judged again at the moment of the act."""

from collections.abc import Awaitable, Callable

from app.access.principals import NotAllowed, Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box
from app.storage.failures import StorageError, StorageFull
from components.notice import Notice


def actor_for(box: Box, permission: Permission) -> Actor:
    """The signed-in person, as the journal names them.

    Raises:
        NotAllowed: they may not do this, or their session ended meanwhile.
    """
    principal = require(current_principal(), permission)
    if not box.access.is_live(principal):
        raise NotAllowed(permission.value)
    return actor_of(principal)


def telling(notice: Notice, act: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """The act, with a plain message for what can go wrong in any of them."""

    async def guarded() -> None:
        try:
            await act()
        except NotAllowed:
            notice.failed(_('この操作をする権限がありません'), _('サインインし直すか、管理者に確かめてください。'))
        except StorageFull:
            notice.failed(
                _('記録できません(ディスクがいっぱいです)'), _('何も変わっていません。担当へ連絡してください。')
            )
        except StorageError:
            notice.failed(_('いまは記録できません'), _('何も変わっていません。少し待って、もう一度試してください。'))

    return guarded
