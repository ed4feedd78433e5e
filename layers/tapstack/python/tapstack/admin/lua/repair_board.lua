-- Makes a player's entry on the all-time board what their own count says.
--
-- KEYS  1 player  2 meta  3 board  4 hidden  5 erased  6 ticket                 (one hash tag: the bucket)
-- ARGV  1 player id   2 clicks   3 when they were reached in ms: as saved, for a player who is not loaded
--       4 the ticket that was taken before that was read, '' for none
-- Returns 1 changed, 0 it was right, -8 what is saved would change it and was read under no ticket, or an ended one
-- Keeps: the bucket's total is the sum of the clicks on its board.

-- include play/shared/score
local player, meta, board, hidden, erased, ticket_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local id, saved_clicks, saved_at_ms, ticket = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]

local read = redis.call('HMGET', player, 'c', 'at')
local loaded = read[1]
local clicks, at_ms = tonumber(read[1]) or saved_clicks, tonumber(read[2]) or saved_at_ms
local score = redis.call('ZSCORE', board, id)
local before = score and math.floor(tonumber(score)) or 0
if redis.call('SISMEMBER', hidden, id) == 1 or redis.call('ZSCORE', erased, id) then
  if redis.call('ZREM', board, id) == 0 then return 0 end
  clicks = 0
else
  if score and before == clicks then return 0 end
  if not loaded and redis.call('GET', ticket_key) ~= ticket then return -8 end
  redis.call('ZADD', board, score_of(clicks, at_ms), id)
end
redis.call('HINCRBY', meta, 'total', clicks - before)
return 1
