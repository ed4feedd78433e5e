-- Puts a call to Telegram into the outbox. A newer call replaces one that still waits under the same name.
--
-- KEYS  1 queue  2 calls  3 state  4 names of the chat's calls that may be put only once     (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 name   3 the call (JSON)   4 ms from now that it is due,
--       negative for one that goes before others   5 1 where a later due time replaces the earlier (a delayed call)
--       6 ms that the name of a single call is kept, 0 for a call that may come again   7 ms between two wake-ups
-- Returns 1 where the caller has to wake the sender, else 0. Atomic: all of it.

-- include platform/shared/clock
-- include telegram/shared/outbox_time
-- include telegram/shared/outbox_wake
local queue, calls, state, once = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now_ms = outbox_time(state, clock_ms(ARGV[1]))
local name, call, due_ms, delayed = ARGV[2], ARGV[3], now_ms + ARGV[4], ARGV[5] == '1'
local once_kept_ms, wake_gap_ms = tonumber(ARGV[6]), tonumber(ARGV[7])

if once_kept_ms > 0 then
  redis.call('ZREMRANGEBYSCORE', once, '-inf', now_ms)
  if redis.call('ZADD', once, 'NX', now_ms + once_kept_ms, name) == 0 then return 0 end
  redis.call('PEXPIRE', once, once_kept_ms)
end

local version = redis.call('HINCRBY', state, 'version', 1)
redis.call('HSET', calls, name, version .. ' 0 ' .. call)
if delayed then
  redis.call('ZADD', queue, due_ms, name)
  return 0
end
redis.call('ZADD', queue, 'NX', due_ms, name)

return wakes_sender(state, now_ms, wake_gap_ms)
