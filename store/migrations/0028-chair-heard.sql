-- 主持人在会: a chair that only listens sends no packets; the media server says that it is in the room.

-- When something of the chair's page was heard last; null = never.
alter table meeting add column chair_heard_at timestamptz;
