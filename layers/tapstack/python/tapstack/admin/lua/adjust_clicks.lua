-- Changes a player's clicks by an operator's decision; days, weeks and months stay as they were.
--
-- KEYS  1 player  2 meta  3 board  4 dirty                                      (one hash tag: the bucket)
-- ARGV  1 player id   2 by how many clicks   3 the most clicks of a player   4 the most clicks of a bucket
-- Returns the clicks after it, or -1 player not loaded   -2 more clicks than ARGV 3 or 4   -3 the player's fields
--         can't be read; where it refuses it has changed nothing
-- Keeps: never below 0; the bucket's total is the sum of the clicks on its board.

local id = ARGV[1]
local p = redis.call('HMGET', KEYS[1], 'c', 'h', 'per', 'at')
if not p[1] then return -1 end
local before, at = tonumber(p[1]), tonumber(p[4])
local day, week, month, rest
if p[3] then day, week, month, rest = string.match(p[3], '^(%-?%d+):(%-?%d+):(%-?%d+)(.*)$') end
if not before or not at or (p[3] and not day) then return -3 end
local by = math.max(tonumber(ARGV[2]), -before)
local clicks, total = before + by, (tonumber(redis.call('HGET', KEYS[2], 'total')) or 0) + by
if by > 0 and (clicks > tonumber(ARGV[3]) or total > tonumber(ARGV[4])) then return -2 end

local function whole(n) return string.format('%.0f', n) end  -- Lua itself writes 1e+14 for what has 15 digits
redis.call('HSET', KEYS[1], 'c', whole(clicks))
if day then
  redis.call('HSET', KEYS[1], 'per', whole(day + by) .. ':' .. whole(week + by) .. ':' .. whole(month + by) .. rest)
end
if not p[2] then
  redis.call('HINCRBY', KEYS[2], 'total', whole(by))
  redis.call('ZADD', KEYS[3], clicks + 1 - (at - 1735689600000) / 2199023255552, id)
end
redis.call('SADD', KEYS[4], id)
return clicks
