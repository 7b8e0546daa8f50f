"""Celery's settings, shared by who sends messages and who works on them. A message is a hint: losing one loses no work.

Why each value: Redis hands out an unfinished message again after the visibility timeout, so limits are ordered
time limit < lease < visibility timeout; the default sweep for unfinished messages adds up to 100 s; the default
socket waits for ever.
"""

from typing import Any

from celery import Celery
from kombu import Queue
from kombu.transport import TRANSPORT_ALIASES
from kombu.transport import redis as kombu_redis
from sqlalchemy import make_url

from persistence.settings import RedisSettings
from tools.jobs.settings import WorkerSettings
from tools.jobs.steps import DEFAULT, QUEUES, TASK_QUEUES

TASK_PREFIX = "quiver"
SOCKET_TIMEOUT = 5
CONNECT_TIMEOUT = 3


class Channel(kombu_redis.Channel):
    """A channel that says nothing more of its messages once its connection is gone.

    kombu would put them back when it is closed, or acknowledge one whose task outlived the connection, and what comes of it
    ends the worker: `'NoneType' object has no attribute 'hostname'`, or `'client'`. Such a message comes again by itself when
    its time is over, and then finds nothing to claim.
    """

    @property
    def do_restore(self) -> bool:  # type: ignore[override]
        """What kombu asks before it puts anything back."""
        return self.connection is not None and self.connection.client is not None

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """Acknowledge a message, if there is anybody to tell."""
        if self.do_restore:
            super().basic_ack(delivery_tag, multiple=multiple)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Refuse a message, if there is anybody to tell."""
        if self.do_restore:
            super().basic_reject(delivery_tag, requeue=requeue)


class Transport(kombu_redis.Transport):
    """Redis, with our channels."""

    Channel = Channel


TRANSPORT_ALIASES |= dict.fromkeys(("redis", "rediss"), f"{__name__}:{Transport.__name__}")


def create_celery(redis: RedisSettings, worker: WorkerSettings) -> Celery:
    """A Celery application without tasks: it can send, and `api/jobs/app.py` makes it a worker."""
    app = Celery(TASK_PREFIX, broker=broker_url(redis), set_as_current=False)
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_time_limit=worker.time_limit,
        task_default_queue=DEFAULT,
        task_create_missing_queues=False,
        task_queues=[Queue(name) for name in QUEUES],
        task_routes={task: {"queue": queue} for task, queue in TASK_QUEUES.items()},
        worker_prefetch_multiplier=1,
        worker_concurrency=worker.concurrency,
        worker_max_tasks_per_child=200,
        # Not cancelled: a message that comes a second time finds nothing to claim, while a child that is killed leaves
        # paid calls in doubt, and one that dies as Celery reconnects ends the worker (`file descriptor is None`).
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_soft_shutdown_timeout=20,
        worker_hijack_root_logger=False,
        worker_send_task_events=worker.events,
        task_send_sent_event=worker.events,
        worker_enable_remote_control=worker.events,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=_transport(worker),
        enable_utc=True,
        timezone="UTC",
    )
    return app


def broker_url(redis: RedisSettings) -> str:
    """The configured broker, else database 1 of the Redis server."""
    if redis.broker_url:
        return redis.broker_url
    return make_url(redis.url).set(database="1").render_as_string(hide_password=False)


def _transport(worker: WorkerSettings) -> dict[str, Any]:
    return {
        "visibility_timeout": worker.visibility_timeout,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": SOCKET_TIMEOUT,
        "socket_connect_timeout": CONNECT_TIMEOUT,
        "socket_keepalive": True,
        # Of who sends: its own thread waits, and the outbox tries again.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.2,
        "global_keyprefix": f"{TASK_PREFIX}:",
    }
