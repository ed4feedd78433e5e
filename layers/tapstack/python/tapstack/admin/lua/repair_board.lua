-- Makes a player's place on the all-time board what their own count says.
--
-- KEYS  1 player  2 meta  3 board  4 hidden  5 erased  6 ticket                 (one hash tag: the bucket)
-- ARGV  1 player id   2 clicks   3 when they were reached in ms: as saved, for who is not here
--       4 the ticket that was taken before that was read, '' for none
-- Returns 1 changed, 0 it was right, -8 what is saved would change it and was read under no ticket, or one that has ended
-- Keeps: the bucket's total is the sum of the clicks on its board.

local id = ARGV[1]
local p = redis.call('HMGET', KEYS[1], 'c', 'at')
local clicks, at = tonumber(p[1]) or tonumber(ARGV[2]), tonumber(p[2]) or tonumber(ARGV[3])
local score = redis.call('ZSCORE', KEYS[3], id)
local before = score and math.floor(tonumber(score)) or 0
if redis.call('SISMEMBER', KEYS[4], id) == 1 or redis.call('ZSCORE', KEYS[5], id) then
  if redis.call('ZREM', KEYS[3], id) == 0 then return 0 end
  clicks = 0
else
  if score and before == clicks then return 0 end
  if not p[1] and redis.call('GET', KEYS[6]) ~= ARGV[4] then return -8 end
  redis.call('ZADD', KEYS[3], clicks + 1 - (at - 1735689600000) / 2199023255552, id)
end
redis.call('HINCRBY', KEYS[2], 'total', clicks - before)
return 1
