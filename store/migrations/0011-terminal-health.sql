-- 设备状况 of each terminal, the last it said: disk, memory, temperature, self-test. Null = it said nothing.
alter table terminal_state add column device jsonb;
