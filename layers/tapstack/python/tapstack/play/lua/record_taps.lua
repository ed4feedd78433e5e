-- Counts what a session says it has tapped so far: rate, watermark, clicks, board, total, activity, dirty mark.
--
-- KEYS  1 player  2 meta  3 board  4 dirty  5 sessions                                  (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 session key   4 taps of the session so far
--       5 us per tap   6 burst in us   7 us per request   8 request burst in us
--       9 dirty players that make a sync due   10 ms of a sync window   11 least ms between two claims
--       12 the update id of a press in the chat, that counts for one tap unless it or a later one has been counted
--       (ids grow); ARGV 4 is then what the pressed button has shown   13 the update id that it has shown these taps of
--       14 ms that a counted update is remembered
-- Returns {1, taps, accepted, clicks, total clicks, board version, flush every ms, due, window, ms to its end}
--         and for a press the highest update id among those counted
--         due: 0 nothing, 1 this caller sends a sync, 2 this caller sends a rebuild
--         window: of the first click of the bucket in it, which sees to a sync at the window's end; else 0
--      or {-1} player not loaded   {-2} session unknown   {-3} session ended   {-4, retry in ms} flood
-- Days, weeks and months cost a tap nothing: what a player did in them is their clicks less those at its start (`per`,
-- see domain/periods.py), and their boards are written by rank_players.lua.
-- Atomic: all of it. A retry, a duplicate or a late request finds the watermark ahead and counts nothing.

local now_ms = tonumber(ARGV[1])
if now_ms == 0 then
  local t = redis.call('TIME')
  now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
end
local now_us = now_ms * 1000
local id, session, taps = ARGV[2], ARGV[3], tonumber(ARGV[4])

local p = redis.call('HMGET', KEYS[1], 'c', 'spent', 'rq', 'w:' .. session, 'floor', 'floor_until', 'h', 'day', 'at')
if not p[1] then return {-1} end
if not p[4] then
  if redis.call('HEXISTS', KEYS[1], 'e:' .. session) == 1 then return {-3} end
  return {-2}
end

-- GCRA on requests: a flood is turned away before it costs anything more. A time in the future says that the clock has
-- been set back: what was used up then is over but for one request.
local requested = tonumber(p[3]) or 0
if requested > now_us then requested = now_us - ARGV[7] end
requested = math.max(requested, now_us - ARGV[8]) + ARGV[7]
if requested > now_us then return {-4, math.ceil((requested - now_us) / 1000)} end

-- GCRA on taps: `spent` is the time up to which the allowance is used. It never counts from before the burst,
-- unless the player was just reloaded after a loss: then from the last sync, to credit honest taps again.
-- Where the last tap lies in the future, it counts as made now: the allowance is what it was then.
local clicks, watermark = tonumber(p[1]), tonumber(p[4])
local ahead_us = math.max(0, (tonumber(p[9]) or 0) * 1000 - now_us)
local spent, accepted = math.min(tonumber(p[2]) - ahead_us, now_us), 0
-- A session's taps are never more than the presses made up to the last counted update: of two such pairs the larger
-- numbers are one again, and so are they after a press that is newer than both.
local pressed
if ARGV[12] then
  local known, update = redis.call('HMGET', KEYS[1], 'u', 'u_at'), tonumber(ARGV[12])
  if known[1] and now_ms - known[2] < tonumber(ARGV[14]) then pressed = tonumber(known[1]) end
  if known[2] and tonumber(known[2]) > now_ms then redis.call('HSET', KEYS[1], 'u_at', now_ms) end
  taps, pressed = math.max(taps, watermark), math.max(pressed or -1, tonumber(ARGV[13]))
  if update > pressed then taps, pressed = taps + 1, update end
end
local new = taps - watermark
if new > 0 then
  local floor_us = now_us - ARGV[6]
  if p[5] and now_ms < tonumber(p[6]) then floor_us = math.min(floor_us, tonumber(p[5]) - ahead_us) end
  spent = math.max(spent, floor_us)
  accepted = math.max(0, math.min(new, math.floor((now_us - spent) / ARGV[5])))
  spent = spent + accepted * ARGV[5]
  clicks, watermark = clicks + accepted, taps
end

local meta = redis.call('HMGET', KEYS[2], 'total', 'o_clicks', 'version', 'flush', 'gate', 'window', 'epoch')
local total = tonumber(meta[1]) or 0
local pace_ms = tonumber(meta[4]) or 1000
local due, window, left_ms = 0, 0, 0

if new > 0 then
  if accepted > 0 then
    -- The first tap of a day: the clicks so far are the base of the periods that start with it, and what was done
    -- in those that are over is recorded. Where the clock is set back, what was done in a period that has not come yet
    -- goes to the one at hand; by less than a minute it changes nothing, as servers' clocks differ.
    local today, day = math.floor(now_ms / 86400000), tonumber(p[8])
    if day and day > today and now_ms + 60000 >= day * 86400000 then today = day end
    if day ~= today then
      local function month(n)  -- of a day's number: https://howardhinnant.github.io/date_algorithms.html
        local doe = (n + 719468) % 146097
        local year = doe - math.floor(doe / 1460) + math.floor(doe / 36524) - math.floor(doe / 146096)
        year = math.floor(year / 365)
        local of_year = doe - (365 * year + math.floor(year / 4) - math.floor(year / 100))
        return (year + math.floor((n + 719468) / 146097) * 400 - 1970) * 12 + math.floor((5 * of_year + 2) / 153) + 2
      end
      local before = clicks - accepted
      local per = {before, before, before, 0, 0, 0, 0, 0, 0, 0, 0, 0, month(today)}
      if day then
        local was, i = redis.call('HMGET', KEYS[1], 'per', 'at'), 0
        local now = {today, math.floor((today + 3) / 7), per[13]}
        for number in string.gmatch(was[1] or '', '%-?%d+') do i = i + 1; per[i] = number end
        for kind, number in ipairs({day, math.floor((day + 3) / 7), tonumber(per[13])}) do
          if number > now[kind] then
            if tonumber(per[3 * kind + 1]) >= now[kind] then
              if tonumber(per[3 * kind + 1]) == now[kind] then per[kind] = per[kind] - per[3 * kind + 2] end
              per[3 * kind + 1], per[3 * kind + 2], per[3 * kind + 3] = 0, 0, 0
            end
          elseif number < now[kind] then
            per[3 * kind + 1], per[3 * kind + 2], per[3 * kind + 3] = number, before - per[kind], was[2]
            per[kind] = before
          end
        end
        per[13] = now[3]
      end
      redis.call('HSET', KEYS[1], 'day', today, 'per', table.concat(per, ':'))
    end
    if not p[7] then
      total = redis.call('HINCRBY', KEYS[2], 'total', accepted)
      redis.call('ZADD', KEYS[3], clicks + 1 - (now_ms - 1735689600000) / 2199023255552, id)
    end
  end
  redis.call('HSET', KEYS[1], 'c', clicks, 'spent', spent, 'rq', requested, 'w:' .. session, watermark, 'at', now_ms)
  if pressed then redis.call('HSET', KEYS[1], 'u', pressed, 'u_at', now_ms) end
  -- A crowd that is asked to send only once a window is saved once a window: sooner would save it in parts, twice over.
  if redis.call('SADD', KEYS[4], id) == 1 and pace_ms < tonumber(ARGV[10])
      and redis.call('SCARD', KEYS[4]) >= tonumber(ARGV[9]) then due = 1 end
  local this = math.floor(now_ms / ARGV[10])
  if this ~= tonumber(meta[6]) then
    window, left_ms = this, (this + 1) * ARGV[10] - now_ms
    redis.call('HSET', KEYS[2], 'window', this)
  end
else
  redis.call('HSET', KEYS[1], 'rq', requested)
end
redis.call('ZADD', KEYS[5], now_ms, id .. ':' .. session)

if not meta[7] then due = 2 end
if due > 0 then
  local wait_ms, gap_ms = (tonumber(meta[5]) or 0) - now_ms, math.max(ARGV[11], pace_ms)
  if wait_ms > 0 and wait_ms <= gap_ms then
    due = 0
  else
    redis.call('HSET', KEYS[2], 'gate', now_ms + gap_ms)
  end
end

return {1, watermark, accepted, clicks, total + (tonumber(meta[2]) or 0), tonumber(meta[3]) or 0,
        pace_ms, due, window, left_ms, pressed}
