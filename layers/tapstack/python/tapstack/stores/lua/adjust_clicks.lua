-- Changes a player's clicks by an operator's decision; days, weeks and months stay as they were.
--
-- KEYS  1 player  2 meta  3 board  4 dirty                                      (one hash tag: the bucket)
-- ARGV  1 player id   2 by how many clicks
-- Returns the clicks after it, or -1 player not loaded
-- Keeps: never below 0; the bucket's total is the sum of the clicks on its board.

local id = ARGV[1]
local p = redis.call('HMGET', KEYS[1], 'c', 'h', 'per', 'at')
if not p[1] then return -1 end
local by = math.max(tonumber(ARGV[2]), -tonumber(p[1]))
local clicks = p[1] + by
redis.call('HSET', KEYS[1], 'c', clicks)
if p[3] then
  local a, b, c, rest = string.match(p[3], '^(%-?%d+):(%-?%d+):(%-?%d+)(.*)$')
  redis.call('HSET', KEYS[1], 'per', (a + by) .. ':' .. (b + by) .. ':' .. (c + by) .. rest)
end
if not p[2] then
  redis.call('HINCRBY', KEYS[2], 'total', by)
  redis.call('ZADD', KEYS[3], clicks + 1 - (p[4] - 1735689600000) / 2199023255552, id)
end
redis.call('SADD', KEYS[4], id)
return clicks
