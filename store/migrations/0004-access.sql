-- Who may come in, and what they looked at.

create table account (
  account_id uuid primary key,
  -- Both null until the first sign-in link is used.
  login text unique check (login = lower(login) and length(login) between 3 and 64),
  password_hash text,
  roles text[] not null
    check (roles <@ array['administrator', 'dispatcher', 'viewer'] and cardinality(roles) > 0),
  region text collate "C" not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  check ((login is null) = (password_hash is null))
);

create table session (
  session_id uuid primary key,
  token_hash bytea not null unique,
  account_id uuid not null references account (account_id),
  address text not null,
  agent text not null check (length(agent) <= 256),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_account on session (account_id, created_at desc);

create table sign_in_link (
  token_hash bytea primary key,
  account_id uuid not null references account (account_id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table sign_in_failure (
  failure_id bigint generated always as identity primary key,
  login text not null,
  address text not null,
  at timestamptz not null
);
create index sign_in_failure_login on sign_in_failure (login, at);
create index sign_in_failure_address on sign_in_failure (address, at);

-- A screen on a wall: one region, read only, until revoked.
create table viewer_token (
  token_id uuid primary key,
  token_hash bytea not null unique,
  region text collate "C" not null,
  label text not null check (length(label) <= 64),
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- Hash-chained: hash = sha256(prev || body), prev of row 1 is empty. `body` is the exact text hashed.
create table audit (
  seq bigint primary key check (seq > 0),
  prev bytea not null,
  hash bytea not null unique,
  at timestamptz not null,
  who text not null,
  what text not null,
  region text collate "C" not null,
  body text not null
);
create index audit_region on audit (region, seq);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are never changed or removed';
end
$$;
create trigger audit_append_only before update or delete on audit
  for each row execute function refuse_audit_change();
create trigger audit_no_truncate before truncate on audit
  for each statement execute function refuse_audit_change();

-- Appends one row to the chain. The lock comes first, so that the head read after it is the last one.
create function append_audit(
  lock_key bigint, at text, who text, what text, region text, purpose text, subject text
) returns bigint language plpgsql as $$
declare
  head record;
  next_seq bigint;
  body text;
  prev bytea;
begin
  perform pg_advisory_xact_lock(lock_key);
  select audit.seq, audit.hash into head from audit order by audit.seq desc limit 1;
  next_seq := coalesce(head.seq, 0) + 1;
  prev := coalesce(head.hash, ''::bytea);
  body := json_build_object(
    'seq', next_seq, 'at', at, 'who', who, 'what', what, 'region', region,
    'purpose', purpose, 'subject', subject)::text;
  insert into audit (seq, prev, hash, at, who, what, region, body)
  values (
    next_seq, prev, sha256(prev || convert_to(body, 'UTF8')), at::timestamptz, who, what, region,
    body);
  return next_seq;
end
$$;
