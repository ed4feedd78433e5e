-- Lets the sender rest where nothing is due soon; the next caller who puts a call in wakes it.
--
-- KEYS  1 queue  2 state                                                                     (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 ms that are soon   3 the sender   4 1 where it has to stop anyway
-- Returns 1 where the sender may rest, 0 where it has to go on. Atomic: no call slips in between.

-- include platform/shared/clock
-- include telegram/shared/outbox_time
local queue, state = KEYS[1], KEYS[2]
local now_ms = outbox_time(state, clock_ms(ARGV[1]))
local soon_ms, sender, must_stop = tonumber(ARGV[2]), ARGV[3], ARGV[4] ~= '0'

if not must_stop and redis.call('ZCOUNT', queue, '-inf', now_ms + soon_ms) > 0 then return 0 end
if redis.call('HGET', state, 'sender') == sender then
  redis.call('HDEL', state, 'awake', 'woken', 'sender')
end
return 1
