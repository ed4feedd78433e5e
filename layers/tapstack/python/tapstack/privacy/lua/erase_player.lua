-- Erases a player from the live state, and keeps them from being loaded again while their tokens live.
--
-- KEYS  1 player  2 meta  3 erased  4 dirty  5 syncing  6 active  7 sessions  8 ended  9 board
--       10 refused  11 opened  12 samples  13 ticket  14 hidden                 (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 for how long in ms they can't be loaded
-- Returns 1 where there was anything, 0 where there was not
-- Keeps: the bucket's total is the sum of the clicks on its board.

-- include platform/shared/clock
local player, meta, erased, dirty, syncing = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local active, sessions, ended, board = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local refused, opened = KEYS[10], KEYS[11]
local samples, ticket, hidden = KEYS[12], KEYS[13], KEYS[14]
local now_ms, id, erased_for_ms = clock_ms(ARGV[1]), ARGV[2], tonumber(ARGV[3])

redis.call('ZREMRANGEBYSCORE', erased, '-inf', now_ms)
redis.call('ZADD', erased, now_ms + erased_for_ms, id)

redis.call('DEL', ticket)
local found = 0
for _, field in ipairs(redis.call('HKEYS', player)) do
  local session = string.match(field, '^[we]:(.*)$')
  if session then redis.call('ZREM', sessions, id .. ':' .. session) end
end
local score = redis.call('ZSCORE', board, id)
if score then redis.call('HINCRBY', meta, 'total', 0 - math.floor(tonumber(score))) end
found = found + redis.call('ZREM', board, id)
for _, set in ipairs({dirty, syncing, active, ended, hidden}) do found = found + redis.call('SREM', set, id) end
found = found + redis.call('ZREM', refused, id) + redis.call('DEL', player, opened, samples)
return found > 0 and 1 or 0
