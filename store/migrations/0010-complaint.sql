-- 意见与投诉, and what each terminal was told of them and of who read about its people.

-- Projected from the log: no word anybody wrote stands here.
create table complaint (
  complaint_id uuid primary key,
  -- Of the fact that raised it, and of the last one that changed it.
  position bigint not null,
  changed_position bigint not null,
  region text collate "C" not null,
  kind text not null check (kind in ('suggestion', 'complaint', 'wrong-record')),
  -- Prepared sentences, by their codes.
  sentences text[] not null,
  origin text not null check (origin in ('kiosk', 'console', 'screen')),
  -- The kiosk it came from; null = not from a kiosk.
  terminal_id text,
  -- 回执号: nine digits, computed from the id. Two may be equal, though hardly ever.
  receipt text not null check (receipt ~ '^[0-9]{9}$'),
  raised_at timestamptz not null,
  state text not null check (state in ('received', 'taken-up', 'answered', 'reopened')),
  -- When it reached the centre, again at a reopening: the answer clock runs from here.
  due_from timestamptz not null,
  taken_up_at timestamptz,
  taken_up_by text,
  answered_at timestamptz,
  reopened_at timestamptz,
  -- What was written at a kiosk, as it stands in the log: {keyId, enc, box}.
  sealed jsonb
);
create index complaint_region on complaint (region, position);
create index complaint_receipt on complaint (receipt);
create index complaint_terminal on complaint (terminal_id, changed_position) where terminal_id is not null;

-- What was written, outside the log so that it can be erased. An erased row stays, empty.
create table complaint_text (
  complaint_id uuid primary key,
  text text check (length(text) <= 500),
  contact text check (length(contact) <= 64),
  -- Whom it is about: an account with this login neither sees nor answers it.
  about_login text check (length(about_login) <= 64),
  -- The seal could not be opened: its key is gone, or it was damaged.
  unreadable boolean not null default false,
  erased_at timestamptz
);

-- 答复. A complaint has one, and one more after it was reopened.
create table complaint_answer (
  fact_id uuid primary key,
  complaint_id uuid not null,
  text text not null check (length(text) between 1 and 500),
  at timestamptz not null,
  account_id uuid not null references account
);
create index complaint_answer_of on complaint_answer (complaint_id, at);

-- The key a terminal seals words with. A used one is replaced; its private half is destroyed later.
create table complaint_key (
  key_id uuid primary key,
  terminal_id text not null references terminal,
  -- X25519, SPKI and PKCS #8 DER.
  public_key bytea not null,
  private_key bytea,
  made_at timestamptz not null,
  ended_at timestamptz check (ended_at >= made_at),
  check (private_key is not null or ended_at is not null)
);
create unique index complaint_key_current on complaint_key (terminal_id) where ended_at is null;

-- How much of complaints and readings each terminal's desired document holds already.
create table terminal_notice (
  terminal_id text primary key references terminal,
  complaint_position bigint not null,
  reading_seq bigint not null,
  reading_at timestamptz not null
);

-- 谁查看过. What was read or done about people: a person by id, or the names of a whole region.
create view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         body::json ->> 'subject' as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export')
     or body::json ->> 'subject' like 'person:%';
