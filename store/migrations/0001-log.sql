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

-- Appends one batch under the lock. Lists are lines (a JSON text holds no raw line break).
-- A source with a fact that contradicts the log is left out as a whole and told in conflicts:
-- fork = another fact stands at that seq; id-taken = that id stands under another source or seq.
create function append_facts(
  bodies text, hashes text, ids text, sources text, seqs text, ats text,
  regions text, streams text, types text, worlds text, actors text,
  head_sources text, head_seqs text, head_hashes text,
  seal_sources text, seal_seqs text, seal_hashes text, seal_sigs text,
  out first bigint, out last bigint, out facts integer, out conflicts jsonb
) language plpgsql as $$
declare
  given text[] := string_to_array(bodies, E'\n');
  before bigint;
  previous bytea;
  hashed bytea;
  liars text[];
begin
  perform lock_log();
  select b.last, b.root into before, previous from log_batch b order by b.last desc limit 1;

  with inserted as (
    insert into log (id, source, seq, hash, at, region, stream, type, world, actor, body)
    select e.id::uuid, e.source, e.seq::bigint, decode(e.hash, 'hex'), e.at::timestamptz,
           e.region, e.stream, e.type, e.world, e.actor, e.body
    from unnest(
      given, string_to_array(hashes, ' '), string_to_array(ids, ' '),
      string_to_array(sources, ' '), string_to_array(seqs, ' '), string_to_array(ats, ' '),
      string_to_array(regions, ' '), string_to_array(streams, ' '), string_to_array(types, ' '),
      string_to_array(worlds, ' '), string_to_array(actors, ' ')
    ) with ordinality as e
      (body, hash, id, source, seq, at, region, stream, type, world, actor, place)
    order by e.place
    on conflict do nothing
    returning log.position, log.hash
  )
  select min(i.position), max(i.position), count(*), string_agg(i.hash, '' order by i.position)
  into first, last, facts, hashed from inserted i;

  if facts < cardinality(given) then
    with entry as (
      select * from unnest(
        string_to_array(sources, ' '), string_to_array(seqs, ' ')::bigint[],
        string_to_array(hashes, ' '), string_to_array(ids, ' ')
      ) as e (source, seq, hash, id)
    )
    select jsonb_agg(jsonb_build_object('source', e.source, 'seq', e.seq, 'hash', e.hash,
             'reason', case when s.seq is null then 'id-taken' else 'fork' end)),
           array_agg(distinct e.source)
    into conflicts, liars
    from entry e left join log s on s.source = e.source and s.seq = e.seq
    where s.hash is distinct from decode(e.hash, 'hex');

    if liars is not null then
      delete from log l where l.position >= append_facts.first and l.source = any (liars);
      select min(l.position), max(l.position), count(*), string_agg(l.hash, '' order by l.position)
      into first, last, facts, hashed from log l where l.position >= append_facts.first;
    end if;
  end if;

  if head_sources <> '' then
    insert into source_head as h (source, seq, hash)
    select e.source, e.seq::bigint, decode(e.hash, 'hex')
    from unnest(string_to_array(head_sources, ' '), string_to_array(head_seqs, ' '),
                string_to_array(head_hashes, ' ')) as e (source, seq, hash)
    where liars is null or e.source <> all (liars)
    on conflict (source) do update set seq = excluded.seq, hash = excluded.hash
    where h.seq < excluded.seq;
  end if;

  if seal_sources <> '' then
    insert into seal (source, seq, hash, sig)
    select e.source, e.seq::bigint, decode(e.hash, 'hex'), decode(e.sig, 'hex')
    from unnest(string_to_array(seal_sources, ' '), string_to_array(seal_seqs, ' '),
                string_to_array(seal_hashes, ' '), string_to_array(seal_sigs, ' '))
      as e (source, seq, hash, sig)
    where liars is null or e.source <> all (liars)
    on conflict do nothing;
  end if;

  if facts > 0 then
    previous := coalesce(previous, sha256('sightline log v1'));
    insert into log_batch (first, last, facts, prev_root, root)
    values (append_facts.first, append_facts.last, append_facts.facts, previous,
            log_root(previous, append_facts.first, append_facts.last, hashed));
    perform pg_notify('log', append_facts.last::text);
  end if;
end
$$;
