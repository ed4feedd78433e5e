-- Opens a session, or resumes it at its watermark.
--
-- KEYS  1 player  2 meta  3 board  4 dirty  5 active  6 sessions  7 opened  8 ticket    (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 session key   4 the most open sessions
--       5 the watermark to start from, '' where it has not been looked up   6 started in ms, 0 for now
--       7 1 where a loss has taken the session: then clients have   8 this many ms to send their counts again,
--         with an allowance that reaches back to the last sync, but no further than   9 this many us
--       10 ms per new session   11 ms per session that is resumed   12 burst of these in ms
--       13 fields of the player that leave no room for another session
--       14 the ticket that was taken before the watermark was looked up, '' where it can't be in the history
--       15 a full energy in ms
-- Returns {1, known, taps, clicks, total clicks, players, active players, flush every ms, paid taps, ms until the
--         energy is full}; known: 1 it was here, 0 new
--      or {-1} player not loaded   {-2} session unknown: look it up, then call with ARGV 5   {-5} too many are open
--      or {-6, retry in ms} too many new sessions, or too many ended ones that wait for the history
--      or {-7} what is kept of the session can't be read
--      or {-8} the ticket has ended: the watermark may be stale, look it up again; a refusal has changed nothing

-- include platform/shared/clock
-- include platform/shared/gcra
-- include play/shared/energy
local player, meta, board, dirty = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local active, sessions, opened, ticket_key = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local now_ms, id, session, most_open = clock_ms(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
local start_from, started_ms, lost = ARGV[5], tonumber(ARGV[6]), ARGV[7] == '1'
local grace_ms, recovery_us = tonumber(ARGV[8]), tonumber(ARGV[9])
local new_cost_ms, resume_cost_ms, burst_ms = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])
local most_fields, ticket, energy_full_ms = tonumber(ARGV[13]), ARGV[14], ARGV[15]

local read = redis.call('HMGET', player, 'c', 'spent', 'n', 'w:' .. session, 'e:' .. session, 'at',
  'pt', 'en')
local clicks, tat, open, taps, ended = read[1], tonumber(read[2]) or 0, tonumber(read[3]) or 0, read[4], read[5]
local tapped_ms, looked_up = tonumber(read[6]) or 0, start_from ~= ''
local paid_taps, energy = tonumber(read[7]) or 0, energy_tat(read[8], tapped_ms, now_ms)
if not clicks then return {-1} end

local known = 1
if not taps then
  if not ended and looked_up and ticket ~= '' and redis.call('GET', ticket_key) ~= ticket then return {-8} end
  if open >= most_open then return {-5} end
  -- GCRA on sessions, in a key of its own: a player who leaves Redis and comes back finds it as it was. Before the
  -- session is looked up (which is expensive) nobody knows whether it is new: there must at least be room to resume it.
  -- The key holds the TAT plus the burst, which is when all of the allowance is back.
  local new = not ended and looked_up and started_ms == 0
  local back_ms = tonumber(redis.call('GET', opened) or 0) or 0
  local session_tat, wait_ms =
    gcra(back_ms - burst_ms, now_ms, new and new_cost_ms or resume_cost_ms, burst_ms, now_ms - burst_ms)
  if wait_ms > 0 then return {-6, math.ceil(wait_ms)} end
  if ended then
    taps, started_ms = string.match(ended, '^(%d+):(%d+):')
    if not taps then return {-7} end
  else
    if redis.call('HLEN', player) >= most_fields then return {-6, 60000} end
    if not looked_up then return {-2} end
    taps, known = start_from, 0
    if started_ms == 0 then started_ms = now_ms end
  end
  back_ms = session_tat + burst_ms
  redis.call('SET', opened, string.format('%.0f', back_ms), 'PX', string.format('%.0f', back_ms - now_ms))
  if ended then redis.call('HDEL', player, 'e:' .. session) end
  redis.call('HSET', player, 'w:' .. session, taps, 'b:' .. session, started_ms, 'n', open + 1)
  if lost then
    local floor = math.max(tat - math.max(0, tapped_ms - now_ms) * 1000, now_ms * 1000 - recovery_us)
    redis.call('HSET', player, 'floor', floor, 'floor_until', now_ms + grace_ms)
  end
  redis.call('SADD', active, id)
  redis.call('SADD', dirty, id)
end
redis.call('ZADD', sessions, now_ms, id .. ':' .. session)
redis.call('HSETNX', meta, 'saved_to', now_ms)  -- whoever changes first was in here: nothing older waits to be saved

local game = redis.call('HMGET', meta, 'total', 'o_clicks', 'o_players', 'o_active', 'flush')
local total, others_clicks = tonumber(game[1]) or 0, tonumber(game[2]) or 0
local others_players, others_active = tonumber(game[3]) or 0, tonumber(game[4]) or 0
local flush_ms = tonumber(game[5]) or 1000
return {1, known, tonumber(taps), tonumber(clicks), total + others_clicks,
        redis.call('ZCARD', board) + others_players, redis.call('SCARD', active) + others_active, flush_ms,
        paid_taps, math.max(0, energy + energy_full_ms - now_ms)}
