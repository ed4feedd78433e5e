-- Puts a call to Telegram into the outbox. A newer call takes the place of one that still waits under the same name.
--
-- KEYS  1 queue  2 calls  3 gate  4 names of the chat's calls that may be put only once      (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 name   3 the call (JSON)   4 ms from now that it is due,
--       negative for one that goes before others   5 1 where a later due time replaces the earlier (a delayed call)
--       6 ms that the name of a single call is kept, 0 for a call that may come again   7 ms between two wake-ups
-- Returns 1 where the caller has to wake the sender, else 0. Atomic: all of it.

-- include telegram/shared/outbox_time
local now_ms = outbox_time(KEYS[3], tonumber(ARGV[1]))
if tonumber(ARGV[6]) > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now_ms)
  if redis.call('ZADD', KEYS[4], 'NX', now_ms + ARGV[6], ARGV[2]) == 0 then return 0 end
  redis.call('PEXPIRE', KEYS[4], ARGV[6])
end

local version = redis.call('HINCRBY', KEYS[3], 'version', 1)
redis.call('HSET', KEYS[2], ARGV[2], version .. ' 0 ' .. ARGV[3])
local due = now_ms + ARGV[4]
if ARGV[5] == '1' then
  redis.call('ZADD', KEYS[1], due, ARGV[2])
  return 0
end
redis.call('ZADD', KEYS[1], 'NX', due, ARGV[2])

local gate = redis.call('HMGET', KEYS[3], 'awake', 'woken')
if now_ms < (tonumber(gate[1]) or 0) or now_ms < (tonumber(gate[2]) or 0) then return 0 end
redis.call('HSET', KEYS[3], 'woken', now_ms + ARGV[7])
return 1
