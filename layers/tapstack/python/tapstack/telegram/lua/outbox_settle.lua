-- Says what came of a call that was taken.
--
-- KEYS  1 queue  2 calls  3 gate  4 sent in this hour  5 under way                           (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 name   3 its version   4 1 done with, 0 to be tried again
--       5 ms until it is tried again   6 the text that is shown now (JSON of the call), '' where nothing was sent
--       7 ms that everybody has to wait, 0 for none   8 1 where the attempt counts
-- Returns 1 where the call is settled, 0 where a newer one has come meanwhile. Atomic: all of it.
-- What its message is to show after it is due now.

-- include telegram/shared/outbox_time
local now_ms = outbox_time(KEYS[3], tonumber(ARGV[1]))
local name = ARGV[2]
if tonumber(ARGV[7]) > 0 then
  local paused = math.max(tonumber(redis.call('HGET', KEYS[3], 'paused')) or 0, now_ms + ARGV[7])
  redis.call('HSET', KEYS[3], 'paused', paused)
end
if ARGV[6] ~= '' and string.sub(name, 1, 1) == 'e' then
  redis.call('HSET', KEYS[4], name, redis.sha1hex(ARGV[6]))
  redis.call('PEXPIRE', KEYS[4], 7200000)
end
local message = string.match(name, '^[el]:(.*)$')
if message then
  redis.call('ZREM', KEYS[5], message)
  redis.call('ZADD', KEYS[1], 'XX', now_ms, 'e:' .. message)
end
local call = redis.call('HGET', KEYS[2], name)
if not call then return 1 end
local version, attempts, rest = string.match(call, '^(%d+) (%d+) (.*)$')
if version ~= ARGV[3] then return 0 end
if ARGV[4] == '1' then
  redis.call('ZREM', KEYS[1], name)
  redis.call('HDEL', KEYS[2], name)
else
  redis.call('HSET', KEYS[2], name, version .. ' ' .. (attempts + ARGV[8]) .. ' ' .. rest)
  redis.call('ZADD', KEYS[1], now_ms + ARGV[5], name)
end
return 1
