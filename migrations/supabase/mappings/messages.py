"""Messages that the old front end generated, as drafts: whether one was sent it never noted."""

from migrations.supabase.mappings.mapping import NO_ID, Mapping, Rule, Shape, text
from migrations.supabase.mappings.tenants import ORPHAN
from migrations.supabase.staging.tidying import FORMAT
from migrations.supabase.target.ledger import SCHEMA, accepted

SUBJECT = r"E'^\\s*[Ss]ubject:[ \\t]*([^\\r\\n]{1,255})\\r?\\n'"
SUBJECT_LINE = r"E'^\\s*[Ss]ubject:[^\\n]*\\n\\s*'"
HAS_SUBJECT = f"left(a.format, 5) = 'email' AND s.content ~ {SUBJECT} AND btrim(regexp_replace(s.content, {SUBJECT_LINE}, '')) <> ''"


def messages(shape: Shape) -> Mapping:
    """A generated message. An e-mail's first line `Subject: …` becomes its subject; what the model was told and
    thought is kept with its checks, which nobody's sending depends on."""
    table = "generated_messages"
    id_ = shape.uuid(table, "id")
    times = f"coalesce({shape.time(table, 'timestamp')}, {shape.time(table, 'created_at')}, {shape.moment})"
    return Mapping(
        entity="messages",
        table="OutreachMessages",
        key="OutreachMessageID",
        source=table,
        source_id=id_,
        joins=f" LEFT JOIN {accepted('leads')} l ON l.source_id = {shape.uuid(table, 'lead_id')}"
        f" LEFT JOIN {SCHEMA}.words w ON w.kind = '{FORMAT}'"
        " AND w.raw = coalesce(s.platform, '') || E'\\x1f' || coalesce(s.message_type, '')",
        refers={
            "lead_id": "l.target_id",
            "campaign_id": "l.campaign_id",
            "format": "split_part(w.means, ' ', 1)",
            "place": "split_part(w.means, ' ', 2)",
        },
        rules=(
            Rule(f"({id_}) IS NULL", "id", NO_ID),
            Rule("l.source_id IS NULL", "lead_id", "orphan: no such lead", ORPHAN),
            Rule(f"{text('content')} IS NULL", "content", "an empty message"),
            Rule("w.means IS NULL", "message_type", "unknown word", "w.suggestion"),
        ),
        columns={
            "LeadID": "a.lead_id",
            "CampaignID": "a.campaign_id",
            "Format": 'a.format::"OutreachFormat"',
            "MessageType": 'a.place::"OutreachMessageType"',
            "IsFollowup": "a.place = 'follow_up'",
            "SequenceNumber": "CASE WHEN a.place = 'follow_up' THEN 2 ELSE 1 END",
            "Content": f"CASE WHEN {HAS_SUBJECT} THEN regexp_replace(s.content, {SUBJECT_LINE}, '') ELSE s.content END",
            "Subject": f"CASE WHEN {HAS_SUBJECT} THEN btrim(substring(s.content from {SUBJECT})) END",
            "Checks": f"{_kept('context')} || {_kept('thinking')}",
            "CreatedAt": times,
            "UpdatedAt": times,
        },
        notes=shape.time_notes(table, "timestamp"),
        unique=shape.unique(table),
        large=True,
        keeps_extras=True,
        count_of=table,
    )


def _kept(column: str) -> str:
    """A text as one entry of the message's checks."""
    entry = f"jsonb_build_object('name', 'imported_{column}', 'passed', true, 'hard', false, 'detail', s.{column})"
    return f"CASE WHEN {text(column)} IS NULL THEN '[]'::jsonb ELSE jsonb_build_array({entry}) END"
