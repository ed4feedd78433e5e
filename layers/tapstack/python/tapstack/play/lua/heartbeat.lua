-- Keeps a session alive and reports the state of the game.
--
-- KEYS  1 player  2 meta  3 active  4 sessions                                  (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 session key
--       4 us per request   5 request burst in us   6 ms between two claims
--       7 a full energy in ms
-- Returns {1, active players, clicks, total clicks, board version, flush every ms, due, paid taps, ms until the energy
--         is full}; due: 0, or 2 as in record_taps
--      or {-1} player not loaded   {-2} session unknown   {-3} session ended   {-4, retry in ms} flood

-- include platform/shared/clock
-- include platform/shared/gcra
-- include play/shared/energy
local player, meta, active, sessions = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now_ms, id, session = clock_ms(ARGV[1]), ARGV[2], ARGV[3]
local request_us, request_burst_us, claim_gap_ms = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local energy_full_ms = ARGV[7]
local now_us = now_ms * 1000

local read = redis.call('HMGET', player, 'c', 'rq', 'w:' .. session, 'pt', 'en', 'at')
local clicks, request_tat, watermark = read[1], tonumber(read[2]) or 0, read[3]
local paid_taps, energy = tonumber(read[4]) or 0, energy_tat(read[5], read[6], now_ms)
if not clicks then return {-1} end
if not watermark then
  if redis.call('HEXISTS', player, 'e:' .. session) == 1 then return {-3} end
  return {-2}
end
local request_wait_us  -- as in record_taps.lua
request_tat, request_wait_us = gcra(request_tat, now_us, request_us, request_burst_us, now_us - request_us)
if request_wait_us > 0 then return {-4, math.ceil(request_wait_us / 1000)} end

redis.call('HSET', player, 'rq', request_tat)
redis.call('ZADD', sessions, now_ms, id .. ':' .. session)

local game = redis.call('HMGET', meta, 'total', 'o_clicks', 'o_active', 'version', 'flush', 'epoch', 'gate')
local total, others_clicks, others_active = tonumber(game[1]) or 0, tonumber(game[2]) or 0, tonumber(game[3]) or 0
local version, flush_ms = tonumber(game[4]) or 0, tonumber(game[5])
local epoch, next_claim_at = game[6], tonumber(game[7]) or 0
local due, wait_ms = 0, next_claim_at - now_ms
if not epoch and (wait_ms <= 0 or wait_ms > math.max(claim_gap_ms, flush_ms or 0)) then
  due = 2
  redis.call('HSET', meta, 'gate', now_ms + claim_gap_ms)
end
return {1, redis.call('SCARD', active) + others_active, tonumber(clicks), total + others_clicks, version,
        flush_ms or 1000, due, paid_taps, math.max(0, energy + energy_full_ms - now_ms)}
