-- Keeps a session alive and says how the game stands.
--
-- KEYS  1 player  2 meta  3 board  4 active  5 sessions                         (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 session key
--       4 us per request   5 request burst in us   6 ms between two claims
-- Returns {1, active players, clicks, total clicks, board version, flush every ms, due}; due: 0, or 2 as in record_taps
--      or {-1} player not loaded   {-2} session unknown   {-3} session ended   {-4, retry in ms} flood

local now_ms = tonumber(ARGV[1])
if now_ms == 0 then
  local t = redis.call('TIME')
  now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
end
local now_us = now_ms * 1000
local id, session = ARGV[2], ARGV[3]

local p = redis.call('HMGET', KEYS[1], 'c', 'rq', 'w:' .. session)
if not p[1] then return {-1} end
if not p[3] then
  if redis.call('HEXISTS', KEYS[1], 'e:' .. session) == 1 then return {-3} end
  return {-2}
end
local requested = tonumber(p[2]) or 0
if requested > now_us then requested = now_us - ARGV[4] end  -- the clock has been set back, as in record_taps.lua
requested = math.max(requested, now_us - ARGV[5]) + ARGV[4]
if requested > now_us then return {-4, math.ceil((requested - now_us) / 1000)} end

redis.call('HSET', KEYS[1], 'rq', requested)
redis.call('ZADD', KEYS[5], now_ms, id .. ':' .. session)
local meta = redis.call('HMGET', KEYS[2], 'total', 'o_clicks', 'o_active', 'version', 'flush', 'epoch', 'gate')
local due, wait_ms = 0, (tonumber(meta[7]) or 0) - now_ms
if not meta[6] and (wait_ms <= 0 or wait_ms > math.max(ARGV[6], tonumber(meta[5]) or 0)) then
  due = 2
  redis.call('HSET', KEYS[2], 'gate', now_ms + ARGV[6])
end
return {1, redis.call('SCARD', KEYS[4]) + (tonumber(meta[3]) or 0), tonumber(p[1]),
        (tonumber(meta[1]) or 0) + (tonumber(meta[2]) or 0), tonumber(meta[4]) or 0, tonumber(meta[5]) or 1000, due}
