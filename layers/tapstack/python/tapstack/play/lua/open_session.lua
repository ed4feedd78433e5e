-- Opens a session, or takes it up again where it stood.
--
-- KEYS  1 player  2 meta  3 board  4 dirty  5 active  6 sessions  7 opened  8 ticket    (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 session key   4 the most open sessions
--       5 the watermark to start from, or '' when it has not been looked up   6 started in ms, 0 for now
--       7 1 where a loss has taken the session: then clients have   8 this many ms to bring their counts again,
--         with an allowance that reaches back to the last sync, but no further than   9 this many us
--       10 ms per new session   11 ms per session that is taken up again   12 burst of these in ms
--       13 fields of the player that leave no room for another session
--       14 the ticket that was taken before the watermark was looked up, '' for one that can't be in the history
-- Returns {1, known, taps, clicks, total clicks, players, active players, flush every ms}; known: 1 it was here, 0 new here
--      or {-1} player not loaded   {-2} session unknown: look it up, then call with ARGV 5   {-5} too many open sessions
--      or {-6, retry in ms} too many new sessions, or too many ended ones that wait for the history
--      or {-7} what is kept of the session can't be read
--      or {-8} the ticket has ended: the watermark may be old, so look it up again; where it refuses it has changed nothing

local now_ms = tonumber(ARGV[1])
if now_ms == 0 then
  local t = redis.call('TIME')
  now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
end
local id, session = ARGV[2], ARGV[3]
local p = redis.call('HMGET', KEYS[1], 'c', 'spent', 'n', 'w:' .. session, 'e:' .. session, 'at')
if not p[1] then return {-1} end

local taps, known = p[4], 1
if not taps then
  if not p[5] and ARGV[5] ~= '' and ARGV[14] ~= '' and redis.call('GET', KEYS[8]) ~= ARGV[14] then return {-8} end
  local open, started = tonumber(p[3]) or 0, nil
  if open >= tonumber(ARGV[4]) then return {-5} end
  -- GCRA on sessions, in a key of its own: a player who leaves Redis and comes back finds it as it was. Before the
  -- session is looked up (which is dear) nobody knows whether it is new: it must at least be free to be taken up again.
  local new = not p[5] and ARGV[5] ~= '' and ARGV[6] == '0'
  local opened = math.max(tonumber(redis.call('GET', KEYS[7]) or 0) or 0, now_ms)
  if opened - now_ms > tonumber(ARGV[12]) then opened = now_ms end  -- the clock has been set back since
  opened = opened + (new and ARGV[10] or ARGV[11])
  if opened - now_ms > tonumber(ARGV[12]) then return {-6, math.ceil(opened - now_ms - ARGV[12])} end
  if p[5] then
    taps, started = string.match(p[5], '^(%d+):(%d+):')
    if not taps then return {-7} end
  else
    if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[13]) then return {-6, 60000} end
    if ARGV[5] == '' then return {-2} end
    taps, started, known = ARGV[5], tonumber(ARGV[6]), 0
    if started == 0 then started = now_ms end
  end
  redis.call('SET', KEYS[7], string.format('%.0f', opened), 'PX', string.format('%.0f', opened - now_ms))
  if p[5] then redis.call('HDEL', KEYS[1], 'e:' .. session) end
  redis.call('HSET', KEYS[1], 'w:' .. session, taps, 'b:' .. session, started, 'n', open + 1)
  if ARGV[7] == '1' then
    local spent = (tonumber(p[2]) or 0) - math.max(0, (tonumber(p[6]) or 0) - now_ms) * 1000
    local floor = math.max(spent, now_ms * 1000 - ARGV[9])
    redis.call('HSET', KEYS[1], 'floor', floor, 'floor_until', now_ms + ARGV[8])
  end
  redis.call('SADD', KEYS[5], id)
  redis.call('SADD', KEYS[4], id)
end
redis.call('ZADD', KEYS[6], now_ms, id .. ':' .. session)
redis.call('HSETNX', KEYS[2], 'saved_to', now_ms)  -- whoever changes first was in here: nothing older waits to be saved

local meta = redis.call('HMGET', KEYS[2], 'total', 'o_clicks', 'o_players', 'o_active', 'flush')
return {1, known, tonumber(taps), tonumber(p[1]), (tonumber(meta[1]) or 0) + (tonumber(meta[2]) or 0),
        redis.call('ZCARD', KEYS[3]) + (tonumber(meta[3]) or 0),
        redis.call('SCARD', KEYS[5]) + (tonumber(meta[4]) or 0), tonumber(meta[5]) or 1000}
