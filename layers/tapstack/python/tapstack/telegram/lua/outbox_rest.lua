-- Lets the sender rest where nothing is due soon; who puts a call in after that wakes it.
--
-- KEYS  1 queue  2 gate                                                                      (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 ms that are soon   3 the sender   4 1 where it has to stop anyway
-- Returns 1 where the sender may rest, 0 where it has to go on. Atomic: no call slips in between.

-- include telegram/shared/outbox_time
local now_ms = outbox_time(KEYS[2], tonumber(ARGV[1]))
if ARGV[4] == '0' and redis.call('ZCOUNT', KEYS[1], '-inf', now_ms + ARGV[2]) > 0 then return 0 end
if redis.call('HGET', KEYS[2], 'sender') == ARGV[3] then
  redis.call('HDEL', KEYS[2], 'awake', 'woken', 'sender')
end
return 1
