-- Ends an open session: because the player left, or because it has been idle.
--
-- KEYS  1 player  2 dirty  3 active  4 sessions  5 ended                         (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 session key
--       4 ms without a sign of life that make it idle, 0 to end it anyway
-- Returns 1 ended, 0 it was not open, or is not idle any more
-- The watermark stays with the player (field e:<session>) until it is in the session history.

-- include platform/shared/clock
local player, dirty, active, sessions, ended = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local now_ms, id, session, idle_ms = clock_ms(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])

local member = id .. ':' .. session
local seen_ms = tonumber(redis.call('ZSCORE', sessions, member))
if seen_ms and seen_ms > now_ms then seen_ms = now_ms end
if idle_ms > 0 and seen_ms and now_ms - seen_ms < idle_ms then return 0 end

local read = redis.call('HMGET', player, 'w:' .. session, 'b:' .. session, 'n')
local taps, started_ms, open = read[1], read[2], tonumber(read[3]) or 1
redis.call('ZREM', sessions, member)
if not taps then return 0 end
open = math.max(0, open - 1)
redis.call('SADD', dirty, id)
redis.call('SADD', ended, id)
redis.call('HDEL', player, 'w:' .. session, 'b:' .. session)
redis.call('HSET', player, 'n', open,
  'e:' .. session, taps .. ':' .. (started_ms or now_ms) .. ':' .. (seen_ms or now_ms))
if open == 0 then redis.call('SREM', active, id) end
return 1
