-- Takes a player off the public boards, or puts them on again. They play on either way.
--
-- KEYS  1 player  2 meta  3 board  4 hidden  5 ticket                           (one hash tag: the bucket)
-- ARGV  1 player id   2 '1' to hide, '0' to show   3 clicks   4 when they were reached in ms: as saved, for who is not here
--       5 the ticket that was taken before that was read
-- Returns 1 changed, 0 it was so already, -8 the ticket has ended: what was read may be old
-- Keeps: the bucket's total is the sum of the clicks on its board.

local id = ARGV[1]
local score = redis.call('ZSCORE', KEYS[3], id)
if ARGV[2] == '1' then
  if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'h', 1) end
  if score then
    redis.call('ZREM', KEYS[3], id)
    redis.call('HINCRBY', KEYS[2], 'total', 0 - math.floor(tonumber(score)))
  end
  return redis.call('SADD', KEYS[4], id)
end
local p = redis.call('HMGET', KEYS[1], 'c', 'at')
if not p[1] and redis.call('GET', KEYS[5]) ~= ARGV[5] then return -8 end
redis.call('HDEL', KEYS[1], 'h')
if redis.call('SREM', KEYS[4], id) == 0 then return 0 end
local clicks, at = tonumber(p[1]) or tonumber(ARGV[3]), tonumber(p[2]) or tonumber(ARGV[4])
if not score and clicks > 0 then
  redis.call('ZADD', KEYS[3], clicks + 1 - (at - 1735689600000) / 2199023255552, id)
  redis.call('HINCRBY', KEYS[2], 'total', clicks)
end
return 1
