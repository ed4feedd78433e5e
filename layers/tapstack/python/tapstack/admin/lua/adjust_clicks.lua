-- Changes a player's clicks by an operator's decision; days, weeks, months and years stay as they were.
--
-- KEYS  1 player  2 meta  3 board  4 dirty                                      (one hash tag: the bucket)
-- ARGV  1 player id   2 by how many clicks   3 the most clicks of a player   4 the most clicks of a bucket
-- Returns the clicks after it, or -1 player not loaded   -2 more clicks than ARGV 3 or 4   -3 the player's fields
--         can't be read; a refusal has changed nothing
-- Keeps: never below 0; the bucket's total is the sum of the clicks on its board.

-- include play/shared/score
local player, meta, board, dirty = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, wanted, most_clicks, most_total = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local read = redis.call('HMGET', player, 'c', 'h', 'per', 'at')
if not read[1] then return -1 end
local before, hidden, per, at_ms = tonumber(read[1]), read[2], read[3], tonumber(read[4])
local day, week, month, rest
if per then day, week, month, rest = string.match(per, '^(%-?%d+):(%-?%d+):(%-?%d+)(.*)$') end
if not before or not at_ms or (per and not day) then return -3 end
local by = math.max(wanted, -before)
local clicks, total = before + by, (tonumber(redis.call('HGET', meta, 'total')) or 0) + by
if by > 0 and (clicks > most_clicks or total > most_total) then return -2 end

local function whole(n) return string.format('%.0f', n) end  -- Lua itself writes 1e+14 for what has 15 digits
redis.call('HSET', player, 'c', whole(clicks))
if day then
  local until_year, year, tail = string.match(rest, '^(' .. string.rep(':%-?%d+', 10) .. ':)(%-?%d+)(.*)$')
  if year then rest = until_year .. whole(year + by) .. tail end
  redis.call('HSET', player, 'per', whole(day + by) .. ':' .. whole(week + by) .. ':' .. whole(month + by) .. rest)
end
if not hidden then
  redis.call('HINCRBY', meta, 'total', whole(by))
  redis.call('ZADD', board, score_of(clicks, at_ms), id)
end
redis.call('SADD', dirty, id)
return clicks
