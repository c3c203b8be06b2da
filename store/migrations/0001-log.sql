-- The log: every fact once, in commit order. Nothing here is ever updated or deleted.
create table log (
  position bigint generated always as identity primary key,
  id uuid not null unique,
  source text not null,
  seq bigint not null check (seq >= 1),
  -- SHA-256 over the UTF-8 bytes of body.
  hash bytea not null check (length(hash) = 32),
  at timestamptz not null,
  region text collate "C" not null,
  stream text collate "C" not null,
  type text not null,
  world text not null check (world in ('actual', 'drill')),
  actor text not null,
  -- The exact bytes that were hashed and sealed; jsonb would lose their order.
  body text not null,
  received_at timestamptz not null default now(),
  unique (source, seq)
);
create index log_stream on log (stream, position);

-- Custody: one root a commit proves the server's order. No two batches overlap.
create table log_batch (
  first bigint not null,
  last bigint primary key,
  facts integer not null check (facts > 0),
  prev_root bytea not null unique,
  root bytea not null unique,
  committed_at timestamptz not null default now(),
  check (first <= last)
);

-- Where each source's chain stands: everything up to seq is stored or settled for ever.
create table source_head (
  source text primary key,
  seq bigint not null,
  hash bytea not null check (length(hash) = 32)
) with (fillfactor = 70);

-- A device key's signature over one fact, which proves all before it of that source.
create table seal (
  source text not null,
  seq bigint not null,
  hash bytea not null check (length(hash) = 32),
  sig bytea not null check (length(sig) = 64),
  primary key (source, seq)
);

-- What was refused, kept as evidence. settled: its seq counts as done for the terminal.
create table quarantine (
  id bigint generated always as identity primary key,
  source text not null,
  seq bigint not null,
  region text collate "C" not null,
  terminal_id text not null,
  reason text not null,
  message text not null,
  settled boolean not null,
  hash bytea,
  -- bytea: a refused body may hold what text cannot.
  body bytea not null,
  received_at timestamptz not null default now(),
  -- The same refused fact sent again and again stands here once.
  unique nulls not distinct (source, seq, reason, hash)
);
create index quarantine_region on quarantine (region, id);

-- How far each projection has read.
create table projection_cursor (
  name text primary key,
  version integer not null,
  position bigint not null
);

-- The append lock: commit order is position order, so a follower at "> n" never skips.
create function lock_log() returns void language sql as $$
  select pg_advisory_xact_lock(5402002)
$$;

create function log_root(prev_root bytea, first bigint, last bigint, hashes bytea)
returns bytea language sql immutable as $$
  select sha256(prev_root || int8send(first) || int8send(last) || hashes)
$$;

-- The entries of a batch as rows. Texts are lists: bodies one a line (a JSON text holds no raw line
-- break), the others between spaces; hashes are 32 bytes each. Lists cost the sender least.
create function log_entries(
  bodies text, hashes bytea, ids text, sources text, seqs text, ats text,
  regions text, streams text, types text, worlds text, actors text
) returns table (
  id uuid, source text, seq bigint, hash bytea, at timestamptz,
  region text, stream text, type text, world text, actor text, body text
) language sql immutable as $$
  select e.id::uuid, e.source, e.seq::bigint, substr(hashes, (32 * e.place - 31)::integer, 32),
         e.at::timestamptz, e.region, e.stream, e.type, e.world, e.actor, e.body
  from unnest(
    string_to_array(bodies, E'\n'), string_to_array(ids, ' '), string_to_array(sources, ' '),
    string_to_array(seqs, ' '), string_to_array(ats, ' '), string_to_array(regions, ' '),
    string_to_array(streams, ' '), string_to_array(types, ' '), string_to_array(worlds, ' '),
    string_to_array(actors, ' ')
  ) with ordinality as e (body, id, source, seq, at, region, stream, type, world, actor, place)
$$;

-- Which entries contradict the log, null when none does. fork: another fact stands at that seq;
-- id-taken: that id stands under another source or seq.
create function log_conflicts(sources text, seqs text, hashes bytea)
returns jsonb language sql stable as $$
  select jsonb_agg(jsonb_build_object(
           'source', e.source, 'seq', e.seq, 'hash', encode(e.hash, 'hex'),
           'reason', case when l.seq is null then 'id-taken' else 'fork' end) order by e.place)
  from (
    select g.source, g.seq::bigint as seq, g.place,
           substr(hashes, (32 * g.place - 31)::integer, 32) as hash
    from unnest(string_to_array(sources, ' '), string_to_array(seqs, ' '))
      with ordinality as g (source, seq, place)
  ) e
  left join log l on l.source = e.source and l.seq = e.seq
  where l.hash is distinct from e.hash
$$;

-- Appends one batch under the lock and closes it with its custody root. A source with a fact that
-- contradicts the log is left out as a whole and told in conflicts.
create function append_facts(
  bodies text, hashes bytea, ids text, sources text, seqs text, ats text,
  regions text, streams text, types text, worlds text, actors text,
  head_sources text, head_seqs text, head_hashes bytea,
  seal_sources text, seal_seqs text, seal_hashes bytea, seal_sigs bytea,
  out first bigint, out last bigint, out facts integer, out conflicts jsonb
) language plpgsql as $$
declare
  stored bytea := hashes;
  previous bytea;
  liars text[] := '{}';
begin
  perform lock_log();
  facts := 0;
  if bodies <> '' then
    -- An escape may stand for what text cannot hold (\u0000, half a surrogate pair). jsonb refuses it
    -- here, not in a projection. One look over the whole batch, because escapes are rare.
    if strpos(bodies, '\u') > 0 then
      perform b.body::jsonb from string_to_table(bodies, E'\n') as b (body)
      where strpos(b.body, '\u') > 0;
    end if;
    begin
      -- Nearly every batch is wholly new: looking for duplicates first would cost a quarter more.
      insert into log (id, source, seq, hash, at, region, stream, type, world, actor, body)
      select * from log_entries(bodies, hashes, ids, sources, seqs, ats, regions, streams, types,
                                worlds, actors);
      get diagnostics facts = row_count;
      -- Positions are given out under the lock only, so these are consecutive.
      last := currval('log_position_seq');
      first := last - facts + 1;
    exception when unique_violation then
      select r.* into first, last, facts, stored, conflicts, liars
      from append_some_facts(bodies, hashes, ids, sources, seqs, ats, regions, streams, types,
                             worlds, actors) as r;
    end;
  end if;

  if head_sources <> '' then
    insert into source_head as h (source, seq, hash)
    select e.source, e.seq::bigint, substr(head_hashes, (32 * e.place - 31)::integer, 32)
    from unnest(string_to_array(head_sources, ' '), string_to_array(head_seqs, ' '))
      with ordinality as e (source, seq, place)
    where e.source <> all (liars)
    on conflict (source) do update set seq = excluded.seq, hash = excluded.hash
    where h.seq < excluded.seq;
  end if;

  if seal_sources <> '' then
    insert into seal (source, seq, hash, sig)
    select e.source, e.seq::bigint, substr(seal_hashes, (32 * e.place - 31)::integer, 32),
           substr(seal_sigs, (64 * e.place - 63)::integer, 64)
    from unnest(string_to_array(seal_sources, ' '), string_to_array(seal_seqs, ' '))
      with ordinality as e (source, seq, place)
    where e.source <> all (liars)
    on conflict do nothing;
  end if;

  if facts > 0 then
    select b.root into previous from log_batch b order by b.last desc limit 1;
    previous := coalesce(previous, sha256('sightline log v1'));
    insert into log_batch (first, last, facts, prev_root, root)
    values (append_facts.first, append_facts.last, append_facts.facts, previous,
            log_root(previous, append_facts.first, append_facts.last, stored));
    perform pg_notify('log', append_facts.last::text);
  end if;
end
$$;

-- The same for a batch in which something stands in the log already: keeps what is new and agrees.
create function append_some_facts(
  bodies text, hashes bytea, ids text, sources text, seqs text, ats text,
  regions text, streams text, types text, worlds text, actors text,
  out first bigint, out last bigint, out facts integer, out stored bytea, out conflicts jsonb,
  out liars text[]
) language plpgsql as $$
declare
  before bigint := coalesce((select max(l.position) from log l), 0);
begin
  insert into log (id, source, seq, hash, at, region, stream, type, world, actor, body)
  select * from log_entries(bodies, hashes, ids, sources, seqs, ats, regions, streams, types,
                            worlds, actors)
  on conflict do nothing;

  conflicts := log_conflicts(sources, seqs, hashes);
  liars := array(select distinct c ->> 'source' from jsonb_array_elements(conflicts) c);
  -- Never seen by anybody: this transaction put them there.
  delete from log l where l.position > before and l.source = any (liars);

  select min(l.position), max(l.position), count(*), string_agg(l.hash, '' order by l.position)
  into first, last, facts, stored
  from log l where l.position > before;
end
$$;
