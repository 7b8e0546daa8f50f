"""The database of the old front end: its tables as Supabase holds them, a source for tests to move in from."""

SCHEMA = """
CREATE SCHEMA auth;
CREATE TABLE auth.users (
    id uuid PRIMARY KEY, email varchar(255), encrypted_password text, raw_user_meta_data jsonb, created_at timestamptz,
    updated_at timestamptz, deleted_at timestamptz, banned_until timestamptz
);
CREATE TABLE workspaces (
    id uuid PRIMARY KEY, user_id uuid, name text, website text, role text, favicon_url text, onboarding_status text,
    discovery_chat_history jsonb, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now()
);
CREATE TABLE workspace_members (workspace_id uuid, user_id uuid, role text, created_at timestamptz);
CREATE TABLE onboarding_data (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), workspace_id uuid UNIQUE, data jsonb, created_at timestamptz, updated_at timestamptz
);
CREATE TABLE experiments (
    id uuid PRIMARY KEY, workspace_id uuid, name text, type text, pattern text, industries jsonb, pain text, trigger text,
    wiza_filters jsonb, outreach_angle text, status text, leads_found int, leads_warming int, meetings_booked int,
    created_at timestamptz, updated_at timestamptz
);
CREATE TABLE campaigns (
    id uuid PRIMARY KEY, workspace_id uuid, experiment_id uuid, name text, status text, created_at timestamptz, updated_at timestamptz
);
CREATE TABLE leads (
    id uuid PRIMARY KEY, campaign_id uuid, workspace_id uuid, full_name text, job_title text, company text, linkedin_url text,
    email text, avatar_url text, enrichment_data jsonb, outbound_message text, outcome text, outcome_reason text, status text,
    created_at timestamptz, updated_at timestamptz
);
CREATE TABLE generated_messages (
    id uuid PRIMARY KEY, lead_id uuid, platform text, message_type text, content text, context text, thinking text,
    timestamp timestamptz
);
CREATE TABLE discovery_feedback (
    id uuid PRIMARY KEY, workspace_id uuid, user_id uuid, rating int, feedback text, created_at timestamptz
);
"""

PLAIN = """
INSERT INTO auth.users SELECT md5('user ' || n)::uuid, 'founder' || n || '@tenant' || n || '.example', 'secret',
    jsonb_build_object('full_name', 'Fönder ' || n), '2025-01-01'::timestamptz + n * interval '1 hour', '2025-02-01', NULL, NULL
FROM generate_series(1, {tenants}) n;
INSERT INTO workspaces SELECT md5('workspace ' || n)::uuid, md5('user ' || n)::uuid, 'Tenant ' || n, 'https://tenant' || n || '.example',
    'founder', 'https://tenant' || n || '.example/favicon.ico', 'completed',
    jsonb_build_array(jsonb_build_object('role', 'user', 'content', 'We sell to bakers ' || n, 'timestamp', '2025-03-01T10:00:00Z'),
        jsonb_build_object('role', 'assistant', 'content', 'Who buys first?')),
    '2025-01-02'::timestamptz + n * interval '1 hour', '2025-06-01'
FROM generate_series(1, {tenants}) n;
INSERT INTO onboarding_data (id, workspace_id, data, created_at, updated_at) SELECT md5('onboarding ' || n)::uuid,
    md5('workspace ' || n)::uuid, jsonb_build_object('company_name', 'Tenant ' || n, 'website_scrape', 'We bake. ' || n,
        'customer_evidence', jsonb_build_object('has_paying_customers', true)), '2025-01-03', '2025-01-04'
FROM generate_series(1, {tenants}) n;
INSERT INTO experiments SELECT md5('experiment ' || n || ' ' || k)::uuid, md5('workspace ' || n)::uuid, 'Arm ' || k,
    (ARRAY['bullseye', 'Variable A', 'variable_b', 'contrarian', 'long-shot'])[k], 'pattern', '["Bakery", "Food"]', 'pain', 'trigger',
    '{{"job_title": ["baker"]}}', 'angle', 'completed', 7, 1, 0, '2025-02-01', '2025-02-02'
FROM generate_series(1, {tenants}) n, generate_series(1, 5) k;
INSERT INTO campaigns SELECT md5('campaign ' || n || ' ' || k)::uuid, md5('workspace ' || n)::uuid,
    md5('experiment ' || n || ' ' || (k - 1) % 5 + 1)::uuid, 'Campaign ' || k, 'running', '2025-02-03', '2025-02-04'
FROM generate_series(1, {tenants}) n, generate_series(1, 10) k;
INSERT INTO leads SELECT md5('lead ' || i)::uuid, md5('campaign ' || i % {tenants} + 1 || ' ' || i % 10 + 1)::uuid,
    md5('workspace ' || i % {tenants} + 1)::uuid, 'Lead Ünal ' || i, 'Head of Baking ' || i % 97, 'Company ' || i % 1000 || ' GmbH',
    'https://www.linkedin.com/in/lead-' || i, 'lead' || i || '@company' || i % 5000 || '.example', 'https://img.example/' || i || '.png',
    jsonb_build_object('headline', 'Bakes bread for ' || i, 'skills', jsonb_build_array('flour', 'water', i), 'about', repeat('Bread and butter. ', 40)),
    CASE WHEN i % 3 = 0 THEN 'Hello ' || i END, (ARRAY[NULL, NULL, 'interested', 'closed', 'no_response'])[i % 5 + 1], NULL,
    (ARRAY['found', 'enriched', 'drafted', 'sent', 'replied', 'contacted', NULL])[i % 7 + 1],
    '2025-04-01'::timestamptz + i * interval '1 second', '2025-05-01'::timestamptz + i * interval '1 second'
FROM generate_series(1, {leads}) i;
INSERT INTO generated_messages SELECT md5('message ' || i)::uuid, md5('lead ' || i)::uuid,
    (ARRAY['email', 'linkedin'])[i % 2 + 1], (ARRAY['cold_email', 'connection_request'])[i % 2 + 1],
    CASE i % 2 WHEN 0 THEN E'Subject: Bread ' || i || E'\\n\\nDear lead ' || i ELSE 'Shall we connect? ' || i END,
    'context ' || i, CASE WHEN i % 3 = 0 THEN 'thinking ' || i END, '2025-04-02'::timestamptz + i * interval '1 second'
FROM generate_series(1, {leads}, 4) i;
INSERT INTO discovery_feedback SELECT md5('feedback ' || n)::uuid, md5('workspace ' || n)::uuid, md5('user ' || n)::uuid, n % 5 + 1,
    'Good ' || n, '2025-07-01' FROM generate_series(1, {tenants}) n;
"""
"""So many tenants, each with a talk, answers, five experiments and ten campaigns, over which the leads are spread."""
