-- 课程: drafts and versions, the files they show, who is to have them, and who completed them. What a course
-- says and what is right stands here, in the manifest and at the terminals, never in the log.

create table course (
  course_id uuid primary key,
  -- Whoever has this whole region may change it.
  region text collate "C" not null,
  draft jsonb not null,
  revision integer not null default 1 check (revision >= 1),
  account_id uuid not null references account,
  created_at timestamptz not null,
  -- Off the terminals; assigned again it comes back.
  withdrawn_at timestamptz check (withdrawn_at >= created_at)
);
create index course_region on course (region);

-- What was uploaded for a course, used or not. The bytes lie on the disk, by their hash.
create table course_file (
  course_id uuid not null references course,
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes > 0),
  type text not null,
  name text not null,
  uploaded_at timestamptz not null,
  primary key (course_id, sha256)
);

-- A version never changes: another text is another version.
create table course_version (
  course_id uuid not null references course,
  version integer not null check (version between 1 and 999),
  -- The draft it was made of.
  revision integer not null,
  title text not null,
  language text not null check (language in ('zh', 'bo', 'en')),
  -- Of the manifest.
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  manifest_bytes integer not null check (manifest_bytes > 0),
  -- Of everything a terminal fetches.
  package_bytes bigint not null check (package_bytes >= manifest_bytes),
  questions integer not null check (questions > 0),
  pass_percent integer not null check (pass_percent between 1 and 100),
  tries integer not null check (tries > 0),
  account_id uuid not null references account,
  published_at timestamptz not null,
  primary key (course_id, version)
);

-- Which files a version needs, the manifest among them: what a terminal that has it may fetch.
create table course_version_file (
  course_id uuid not null,
  version integer not null,
  sha256 text collate "C" not null,
  bytes bigint not null check (bytes > 0),
  primary key (course_id, version, sha256),
  foreign key (course_id, version) references course_version
);
create index course_version_file_sha256 on course_version_file (sha256);

create table course_assignment (
  assignment_id bigint generated always as identity primary key,
  course_id uuid not null,
  version integer not null,
  region text collate "C" not null,
  due date,
  account_id uuid not null references account,
  assigned_at timestamptz not null,
  foreign key (course_id, version) references course_version
);

-- One village that is to have a version; whether its terminal has it is projected.
create table course_village (
  course_id uuid not null,
  version integer not null,
  region text collate "C" not null check (length(region) = 12),
  due date,
  assigned_at timestamptz not null,
  -- The version the village is to have now, of those it ever was to have.
  is_current boolean not null default true,
  downloaded_at timestamptz,
  primary key (course_id, version, region),
  foreign key (course_id, version) references course_version
) with (fillfactor = 60);
create unique index course_village_current on course_village (course_id, region) where is_current;
create index course_village_region on course_village (region, course_id);

-- Projected from the log: an attempt counts once, the first time it stands there.
create table course_attempt (
  attempt_id uuid primary key,
  position bigint not null,
  course_id uuid not null,
  version integer not null,
  region text collate "C" not null,
  person_id uuid not null,
  score integer not null,
  questions integer not null,
  passed boolean not null,
  at timestamptz not null,
  foreign key (course_id, version, region) references course_village
);
create index course_attempt_village on course_attempt (course_id, version, region, person_id);

-- The best of a person and version; of equals the first.
create view course_result as
select distinct on (course_id, version, region, person_id)
       course_id, version, region, person_id, score, questions, passed, at,
       count(*) over (partition by course_id, version, region, person_id)::integer as tries
from course_attempt
order by course_id, version, region, person_id, passed desc, score desc, at, position;

-- 谁查看过: who completed a course is read by name too. Written whole, for each migration replaces it whole.
-- What was read of a check, a notice or a course is no person: it concerns everybody of the region.
create or replace view reading as
  select seq, at, who, what, region, body::json ->> 'purpose' as purpose,
         case when body::json ->> 'subject' like 'person:%' then body::json ->> 'subject' end as subject
  from audit
  where what in ('people.read', 'people.export', 'check-ins.read', 'check-ins.export',
                 'roster.read', 'roster.export', 'shift-changes.read', 'ladders.list',
                 'ledger.read', 'ledger.export', 'ledger.hints', 'spot-check.read', 'hand-overs.read',
                 'ledger.duty', 'corrections.read', 'notice.read',
                 'course-results.read', 'course-results.export')
     or body::json ->> 'subject' like 'person:%';
