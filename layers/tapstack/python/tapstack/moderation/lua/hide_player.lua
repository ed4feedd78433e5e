-- Takes a player off the public boards, or puts them back. They play on either way.
--
-- KEYS  1 player  2 meta  3 board  4 hidden  5 ticket                           (one hash tag: the bucket)
-- ARGV  1 player id   2 '1' to hide, '0' to show   3 clicks   4 when they were reached in ms: as saved, for a player
--       who is not loaded   5 the ticket that was taken before that was read
-- Returns 1 changed, 0 it was so already, -8 the ticket has ended: what was read may be stale
-- Keeps: the bucket's total is the sum of the clicks on its board.

-- include play/shared/score
local player, meta, board, hidden, ticket_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local id, hide, ticket = ARGV[1], ARGV[2] == '1', ARGV[5]
local saved_clicks, saved_at_ms = tonumber(ARGV[3]), tonumber(ARGV[4])

local score = redis.call('ZSCORE', board, id)
if hide then
  if redis.call('EXISTS', player) == 1 then redis.call('HSET', player, 'h', 1) end
  if score then
    redis.call('ZREM', board, id)
    redis.call('HINCRBY', meta, 'total', 0 - math.floor(tonumber(score)))
  end
  return redis.call('SADD', hidden, id)
end
local read = redis.call('HMGET', player, 'c', 'at')
local loaded = read[1]
if not loaded and redis.call('GET', ticket_key) ~= ticket then return -8 end
redis.call('HDEL', player, 'h')
if redis.call('SREM', hidden, id) == 0 then return 0 end
local clicks, at_ms = tonumber(read[1]) or saved_clicks, tonumber(read[2]) or saved_at_ms
if not score and clicks > 0 then
  redis.call('ZADD', board, score_of(clicks, at_ms), id)
  redis.call('HINCRBY', meta, 'total', clicks)
end
return 1
