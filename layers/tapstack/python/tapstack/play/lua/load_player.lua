-- Brings a player from DynamoDB into the live state, once; a player who is there already stays as is.
--
-- KEYS  1 player  2 meta  3 board  4 active  5 sessions  6 ended  7 erased  8 hidden  9 ticket
--                                                                               (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 clicks   4 spent in us   5 last tap in ms
--       6 how long clients have to bring their counts again, in ms   7 the furthest the allowance reaches back, in us
--       8 the last day that taps counted on, '' for none   9 the player's `per` of that day (domain/periods.py)
--       10 the update id of the last press in the chat that was counted, '' for none   11 when that was, in ms
--       12 the ticket that was taken before the player was read, '' for counts that are nowhere else
--       then five per session: 'w' (open) or 'e' (ended)   session key   taps   started in ms   ended in ms
-- Returns 1 loaded, 0 was there, -1 has been erased since the caller looked,
--         -8 the ticket has ended: what was read may be old, so read it again
-- Keeps: the bucket's total is the sum of the clicks on its board, each player counted once.

if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local now_ms = tonumber(ARGV[1])
if now_ms == 0 then
  local t = redis.call('TIME')
  now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
end
local id, clicks = ARGV[2], tonumber(ARGV[3])
-- A last tap in the future counts as made now, with the allowance that was left then: the clock has been set back.
local at = math.min(tonumber(ARGV[5]), now_ms)
local spent = math.min(ARGV[4] - (ARGV[5] - at) * 1000, now_ms * 1000)
if redis.call('ZSCORE', KEYS[7], id) then return -1 end
if ARGV[12] ~= '' and redis.call('GET', KEYS[9]) ~= ARGV[12] then return -8 end

local open = 0
for i = 13, #ARGV, 5 do
  local session, taps, started = ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  if ARGV[i] == 'w' then
    open = open + 1
    redis.call('HSET', KEYS[1], 'w:' .. session, taps, 'b:' .. session, started)
    redis.call('ZADD', KEYS[5], now_ms, id .. ':' .. session)
  else
    redis.call('HSET', KEYS[1], 'e:' .. session, taps .. ':' .. started .. ':' .. ARGV[i + 4])
  end
end
redis.call('HSETNX', KEYS[2], 'saved_to', now_ms)
redis.call('HSET', KEYS[1], 'c', clicks, 'spent', spent, 'at', at, 'n', open)
if ARGV[8] ~= '' then redis.call('HSET', KEYS[1], 'day', ARGV[8], 'per', ARGV[9]) end
if ARGV[10] ~= '' then redis.call('HSET', KEYS[1], 'u', ARGV[10], 'u_at', math.min(tonumber(ARGV[11]), now_ms)) end
if open > 0 then
  -- only a loss leaves open sessions behind: an evicted player has none
  redis.call('HSET', KEYS[1], 'floor', math.max(spent, now_ms * 1000 - ARGV[7]), 'floor_until', now_ms + ARGV[6])
  redis.call('SADD', KEYS[4], id)
else
  redis.call('SADD', KEYS[6], id)
end

if redis.call('SISMEMBER', KEYS[8], id) == 1 then
  redis.call('HSET', KEYS[1], 'h', 1)
  return 1
end
local score = redis.call('ZSCORE', KEYS[3], id)
local counted = score and math.floor(tonumber(score)) or 0
if clicks ~= counted then redis.call('HINCRBY', KEYS[2], 'total', clicks - counted) end
if not score or clicks ~= counted then
  redis.call('ZADD', KEYS[3], clicks + 1 - (at - 1735689600000) / 2199023255552, id)
end
return 1
