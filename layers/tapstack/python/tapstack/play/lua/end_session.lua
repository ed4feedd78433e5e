-- Ends an open session: because the player left, or because it has been idle.
--
-- KEYS  1 player  2 dirty  3 active  4 sessions  5 ended                         (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 session key
--       4 ms of silence that make it idle, 0 to end it whatever it does
-- Returns 1 ended, 0 it was not open, or has come back
-- The watermark stays with the player (field e:<session>) until it stands in the session history.

local now_ms = tonumber(ARGV[1])
if now_ms == 0 then
  local t = redis.call('TIME')
  now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
end
local id, session, idle_ms = ARGV[2], ARGV[3], tonumber(ARGV[4])
local member = id .. ':' .. session
local seen = tonumber(redis.call('ZSCORE', KEYS[4], member))
if seen and seen > now_ms then seen = now_ms end
if idle_ms > 0 and seen and now_ms - seen < idle_ms then return 0 end

local p = redis.call('HMGET', KEYS[1], 'w:' .. session, 'b:' .. session, 'n')
redis.call('ZREM', KEYS[4], member)
if not p[1] then return 0 end
local open = math.max(0, (tonumber(p[3]) or 1) - 1)
redis.call('SADD', KEYS[2], id)
redis.call('SADD', KEYS[5], id)
redis.call('HDEL', KEYS[1], 'w:' .. session, 'b:' .. session)
redis.call('HSET', KEYS[1], 'n', open, 'e:' .. session, p[1] .. ':' .. (p[2] or now_ms) .. ':' .. (seen or now_ms))
if open == 0 then redis.call('SREM', KEYS[3], id) end
return 1
