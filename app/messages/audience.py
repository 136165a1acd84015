"""Who gets a notice, as questions to the database."""

import json
from typing import Any
from uuid import UUID

from app.messages.languages import Language
from app.messages.notice import Audience, Notice
from app.storage.transaction import Transaction

_NEW_ID = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' ||"
    " substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
)
_MEANT = """
    s.state = 'active'
    AND (NOT EXISTS (SELECT 1 FROM subscriber_tag t WHERE t.subscriber = s.id AND t.kind = 'topic')
         OR EXISTS (SELECT 1 FROM subscriber_tag t WHERE t.subscriber = s.id AND t.kind = 'topic' AND t.tag = :topic))
    AND (:areas = '[]' OR NOT EXISTS (SELECT 1 FROM subscriber_tag t WHERE t.subscriber = s.id AND t.kind = 'area')
         OR EXISTS (SELECT 1 FROM subscriber_tag t WHERE t.subscriber = s.id AND t.kind = 'area'
                    AND t.tag IN (SELECT value FROM json_each(:areas))))
    AND (:needs = '[]' OR EXISTS (SELECT 1 FROM subscriber_tag t WHERE t.subscriber = s.id AND t.kind = 'need'
                                  AND t.tag IN (SELECT value FROM json_each(:needs))))
    AND (:languages = '[]' OR s.language IN (SELECT value FROM json_each(:languages)))
"""
COUNT = f'SELECT s.channel AS channel, count(*) AS receivers FROM subscriber s WHERE {_MEANT} GROUP BY s.channel'  # noqa: S608 - fixed
_DELIVER = f"""
    INSERT INTO delivery
        (id, message, subscriber, channel, language, state, urgent, attempts, held_boot, held_until_ns, reason, detail,
         changed_at)
    SELECT {_NEW_ID}, m.id, s.id, s.channel, s.language, CASE m.practice WHEN 1 THEN 'practice' ELSE 'waiting' END,
           m.urgent, 0, '', 0, '', '', m.posted_at
    FROM message m JOIN subscriber s ON {{meant}} WHERE m.id = :message
"""  # noqa: S608 - fixed
DELIVER_TO_AUDIENCE = _DELIVER.format(meant=_MEANT)
DELIVER_TO_ONE = _DELIVER.format(meant='s.id = :subscriber')


def asked(topic: str, audience: Audience) -> dict[str, str]:
    """The values that `COUNT` and `DELIVER_TO_AUDIENCE` need."""
    return {'topic': topic} | {name: _list(tags) for name, tags in _sets(audience).items()}


def plain(audience: Audience) -> dict[str, list[str]]:
    """An audience as it is kept and journaled."""
    return {name: sorted(tags) for name, tags in _sets(audience).items()}


def audience_of(kept: dict[str, Any]) -> Audience:
    """An audience as it was kept."""
    return Audience(
        areas=frozenset(kept.get('areas', ())),
        needs=frozenset(kept.get('needs', ())),
        languages=frozenset(Language(one) for one in kept.get('languages', ())),
    )


async def deliver_to_audience(tx: Transaction, message: UUID, notice: Notice) -> None:
    """Write one delivery for each who is meant."""
    await _run(tx, DELIVER_TO_AUDIENCE, asked(notice.topic, notice.audience) | {'message': str(message)})


async def deliver_to_one(tx: Transaction, message: UUID, subscriber: UUID) -> None:
    """Write the delivery for one subscriber."""
    await _run(tx, DELIVER_TO_ONE, {'message': str(message), 'subscriber': str(subscriber)})


async def _run(tx: Transaction, statement: str, values: dict[str, str]) -> None:
    await tx.connection.execute_query(statement, values)


def _sets(audience: Audience) -> dict[str, frozenset[str]]:
    languages = frozenset(language.value for language in audience.languages)
    return {'areas': audience.areas, 'needs': audience.needs, 'languages': languages}


def _list(tags: frozenset[str]) -> str:
    return json.dumps(sorted(tags), ensure_ascii=False)
