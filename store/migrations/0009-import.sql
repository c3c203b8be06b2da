-- 导入. A workbook on its way into the register: what it would do, what it did, and the way back.

create table import (
  import_id uuid primary key,
  -- Order of the list, and which import is the later one.
  seq bigint generated always as identity unique,
  kind text not null check (kind in ('organisations', 'members')),
  state text not null check (state in
    ('reading', 'checked', 'applying', 'applied', 'undoing', 'undone', 'failed', 'discarded')),
  -- Nothing outside of it is taken from the file.
  region text collate "C" not null,
  actor text not null,
  file_name text not null check (length(file_name) between 1 and 128),
  made_at timestamptz not null,
  rows_read integer not null default 0,
  -- Null until the sheet was read to its end.
  rows_total integer,
  to_add integer not null default 0,
  to_change integer not null default 0,
  same integer not null default 0,
  wrong integer not null default 0,
  applied_at timestamptz,
  undone_at timestamptz,
  -- Of the whole file: [{row, column, header, code, params}].
  faults jsonb not null default '[]'
);
create index import_region on import (region, seq);
create index import_busy on import (region) where state in ('reading', 'applying', 'undoing');

-- A row of the sheet as it was read. Staged rows live for a day at most. The id number stands here as
-- it will stand in the register: sealed, as a keyed hash, and masked.
create table import_row (
  import_id uuid not null references import on delete cascade,
  row integer not null check (row > 1),
  outcome text not null check (outcome in ('add', 'change', 'same', 'wrong')),
  -- The organisation or member it is about; a new one's id is drawn here.
  target_id uuid,
  -- SHA-256 of what it would change, as the register had it: applying it later finds out whether
  -- somebody was faster.
  seen bytea,
  body jsonb,
  id_cipher bytea,
  id_hash bytea,
  id_masked text,
  faults jsonb not null default '[]',
  primary key (import_id, row),
  check ((outcome = 'wrong') = (faults <> '[]')),
  check ((outcome = 'change') = (seen is not null)),
  check (outcome <> 'wrong' or (body is null and id_cipher is null and id_hash is null))
);
create index import_row_wrong on import_row (import_id, row) where outcome = 'wrong';

-- What an applied import did: each row of the register before and after. Null before = added by it.
create table import_effect (
  import_id uuid not null references import,
  object text not null check (object in ('organisation', 'organisation_region', 'member')),
  -- The row's id; of an organisation's region: `id/from_day`.
  key text collate "C" not null,
  before jsonb,
  after jsonb,
  primary key (import_id, object, key)
);
create index import_effect_key on import_effect (object, key);

-- Taking back thousands of rows asks each time whether something still refers to them.
create index person_member on person (member_id) where member_id is not null;
create index member_any_organisation on member (organisation_id);

-- The state of one row for `import_row.seen`.
create function register_digest(state jsonb) returns bytea language sql immutable as $$
  select sha256(convert_to(state::text, 'UTF8'))
$$;
