"""The broker's channels where Redis ends under them."""

from kombu import Connection, Consumer, Message, Queue

from api.broker import Channel, create_celery
from tests import embedded
from tests.fixtures.jobs import JobStand

LINE = Queue("put-back")


def unfinished(connection: Connection) -> tuple[Channel, Message]:
    """A channel, and a message of it which nobody has finished."""
    channel = connection.channel()
    bound = LINE(channel)
    bound.declare()
    connection.Producer(channel).publish({"n": 1}, routing_key=LINE.name, exchange="")
    taken: list[Message] = []
    with Consumer(channel, [bound], callbacks=[lambda _body, message: taken.append(message)]):
        connection.drain_events(timeout=5)
    (message,) = taken
    return channel, message


def test_a_channel_of_a_redis_that_is_gone_closes_without_a_word(
    job_stand: JobStand, breakable_valkey: embedded.Valkey
) -> None:
    settings = job_stand.api.settings
    connection = create_celery(settings.redis, settings.worker).connection()
    channel, message = unfinished(connection)
    breakable_valkey.kill()
    try:
        connection.transport.client = None  # as kombu leaves it when it gives a lost connection up
        channel.close()
        message.ack()  # its task was longer than the connection
    finally:
        breakable_valkey.start()


def test_a_channel_that_is_closed_in_order_puts_its_messages_back(job_stand: JobStand) -> None:
    settings = job_stand.api.settings
    connection = create_celery(settings.redis, settings.worker).connection()
    channel, _ = unfinished(connection)
    channel.close()
    again = connection.SimpleQueue(LINE)
    message = again.get(timeout=5)
    assert message.payload == {"n": 1}
    message.ack()
    again.close()
    connection.close()
