-- Ends a heist: no answer counts any more, and all that were given stay as they are.
--
-- KEYS  1 state  2 winners  3 players                                           (one hash tag: the heist)
-- ARGV  1 now in ms, 0 for the server's own clock
-- Returns {1, right, wrong, winners as {rank, player, ...}, players as {player, `seq:...`, ...}}
--      or {-1} not loaded  {-2, ms} it runs for so long

-- include platform/shared/clock
local state, winners, players = KEYS[1], KEYS[2], KEYS[3]
local now_ms = clock_ms(ARGV[1])

local read = redis.call('HMGET', state, 'end', 'right', 'wrong', 'closed')
if not read[1] then return {-1} end
if not read[4] then
  if now_ms < tonumber(read[1]) then return {-2, tonumber(read[1]) - now_ms} end
  redis.call('HSET', state, 'closed', 1)
end
return {1, tonumber(read[2]) or 0, tonumber(read[3]) or 0, redis.call('HGETALL', winners),
        redis.call('HGETALL', players)}
