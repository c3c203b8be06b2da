-- 村级终端. One terminal of one region; its device keys are sources.
create table terminal (
  terminal_id text primary key,
  region text collate "C" not null,
  simulated boolean not null,
  created_at timestamptz not null default now()
);
create index terminal_region on terminal (region, terminal_id);

-- A device key. A terminal has one that is not revoked, and as many revoked ones as it had lives.
create table terminal_source (
  -- Fingerprint of the public key.
  source text primary key,
  terminal_id text not null references terminal,
  -- SPKI DER, base64url.
  public_key text not null,
  enrolled_at timestamptz not null,
  revoked_at timestamptz
);
create unique index terminal_source_current on terminal_source (terminal_id) where revoked_at is null;

-- Single use: the terminal it is for, and the source that used it.
create table enrolment_code (
  code_hash bytea primary key check (length(code_hash) = 32),
  terminal_id text not null references terminal,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by text references terminal_source,
  check ((used_at is null) = (used_by is null))
);
create index enrolment_code_terminal on enrolment_code (terminal_id);

-- 期望状态. What should be at a terminal; the document without version and terminal id.
create table desired (
  terminal_id text primary key references terminal,
  version integer not null check (version >= 1),
  document jsonb not null,
  updated_at timestamptz not null default clock_timestamp()
);
create index desired_updated on desired (updated_at);

-- 在线状态, the last of each terminal: telemetry, overwritten, never in the log.
create table terminal_state (
  terminal_id text primary key references terminal,
  region text collate "C" not null,
  connected boolean not null,
  link_since timestamptz not null,
  beat_at timestamptz,
  waiting integer not null,
  oldest_waiting_at timestamptz,
  dead_letters integer not null,
  desired_version integer not null,
  camera text,
  version text
) with (fillfactor = 50);

-- One row: since when the broker listens, and when it last said so.
create table broker_state (
  one boolean primary key default true check (one),
  listening_since timestamptz not null,
  alive_at timestamptz not null
) with (fillfactor = 50);
