-- Takes everything of a player out of the live state, and keeps it from coming back while their tokens live.
--
-- KEYS  1 player  2 meta  3 erased  4 dirty  5 syncing  6 active  7 sessions  8 ended  9 board
--       10 refused  11 opened  12 samples  13 ticket  14 hidden                 (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 for how long in ms they can't be loaded
-- Returns 1 when there was anything, 0 when there was not
-- Keeps: the bucket's total is the sum of the clicks on its board.

local now_ms = tonumber(ARGV[1])
if now_ms == 0 then
  local t = redis.call('TIME')
  now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
end
local id = ARGV[2]
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now_ms)
redis.call('ZADD', KEYS[3], now_ms + ARGV[3], id)

redis.call('DEL', KEYS[13])
local found = 0
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  local session = string.match(field, '^[we]:(.*)$')
  if session then redis.call('ZREM', KEYS[7], id .. ':' .. session) end
end
local score = redis.call('ZSCORE', KEYS[9], id)
if score then redis.call('HINCRBY', KEYS[2], 'total', 0 - math.floor(tonumber(score))) end
found = found + redis.call('ZREM', KEYS[9], id)
for _, i in ipairs({4, 5, 6, 8}) do found = found + redis.call('SREM', KEYS[i], id) end
found = found + redis.call('ZREM', KEYS[10], id) + redis.call('DEL', KEYS[1], KEYS[11], KEYS[12])
found = found + redis.call('SREM', KEYS[14], id)
return found > 0 and 1 or 0
