-- 三员分立: three administrators who are three people, a second factor for them, and what a session proved.

-- The one administrator of before keeps the machine's part; whoever needs the others makes new accounts.
alter table account drop constraint account_roles_check;
update account set roles = array['system-administrator'] where 'administrator' = any (roles);
alter table account
  add check (roles <@ array['system-administrator', 'security-administrator', 'audit-administrator',
                            'dispatcher', 'registrar', 'viewer'] and cardinality(roles) > 0),
  -- 系统管理员, 安全管理员, 审计管理员: none is another, and none does the daily work beside.
  add constraint account_administrators_apart check (
    not roles && array['system-administrator', 'security-administrator', 'audit-administrator']
    or cardinality(roles) = 1);

-- 动态口令 (TOTP, RFC 6238) of an account. Not confirmed = shown once, no code of it seen yet.
create table second_factor (
  account_id uuid primary key references account,
  -- The shared secret, encrypted with a key that stands outside the database.
  secret bytea not null,
  made_at timestamptz not null,
  confirmed_at timestamptz,
  -- The newest time step a code was taken from: no code opens twice (RFC 6238, 5.2).
  last_step bigint not null default 0,
  -- Since the last right code; at its ceiling only a recovery code or a reset at the machine helps.
  wrong_codes int not null default 0 check (wrong_codes >= 0)
);

-- 备用码. Each opens once when the device is lost.
create table recovery_code (
  account_id uuid not null references second_factor on delete cascade,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- When this session proved the second factor; null = not yet.
alter table session add column second_factor_at timestamptz;
