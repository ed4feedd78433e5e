-- Lets the sender rest where nothing is due soon; who puts a call in after that wakes it.
--
-- KEYS  1 queue  2 gate                                                                      (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 ms that are soon
-- Returns 1 where the sender may rest, 0 where it has to go on. Atomic: no call slips in between.

local now_ms = tonumber(ARGV[1])
if now_ms == 0 then
  local t = redis.call('TIME')
  now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
end
if redis.call('ZCOUNT', KEYS[1], '-inf', now_ms + ARGV[2]) > 0 then return 0 end
redis.call('HDEL', KEYS[2], 'awake', 'woken')
return 1
