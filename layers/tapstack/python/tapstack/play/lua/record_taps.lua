-- Counts the taps that a session says it has made so far: rate, watermark, clicks, energy, board, total, activity, dirty
-- mark.
--
-- KEYS  1 player  2 meta  3 board  4 dirty  5 sessions                                  (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 session key   4 taps of the session so far
--       5 us per tap   6 burst in us   7 us per request   8 request burst in us
--       9 dirty players that make a sync due, 0 for none   10 ms of a sync window   11 least ms between two claims
--       12 ms of energy per tap that is paid   13 a full energy in ms
--       14 the update id of a tap callback, that counts for one tap unless it or a later one has been counted (ids
--       grow); ARGV 4 is then what the button has shown   15 the update id that it has shown these taps of
--       16 ms that a counted update is remembered
-- Returns {1, taps, accepted, clicks, total clicks, board version, flush every ms, due, window, ms to its end,
--         paid taps, ms until the energy is full}, and for a tap callback the highest update id among those counted
--         due: 0 nothing, 1 the caller asks for a sync, 2 the caller asks for a recovery
--         window: set for the bucket's first tap in it, whose caller schedules a sync at the window's end; else 0
--      or {-1} player not loaded   {-2} session unknown   {-3} session ended   {-4, retry in ms} flood
-- Days, weeks, months and years cost a tap nothing: a player's clicks in them are their clicks less those at its start
-- (`per`, see rules/periods.py), and their boards are written by rank_players.lua. Of the taps that count those are paid
-- that there is energy for (rules/energy.py): `pt` adds them up, ever, and nothing takes any away.
-- Atomic: all of it. A retry, a duplicate or a late request finds the watermark ahead and counts nothing.

-- include platform/shared/clock
-- include platform/shared/gcra
-- include play/shared/energy
-- include play/shared/score
local player, meta, board, dirty, sessions = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local now_ms, id, session, taps = clock_ms(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
local tap_us, burst_us, request_us, request_burst_us = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
local sync_at_dirty, window_ms, claim_gap_ms = tonumber(ARGV[9]), ARGV[10], ARGV[11]
local energy_tap_ms, energy_full_ms = ARGV[12], ARGV[13]
local update_id, shown_update_id, update_kept_ms = ARGV[14], ARGV[15], ARGV[16]
local now_us = now_ms * 1000

local read = redis.call('HMGET', player,
  'c', 'spent', 'rq', 'w:' .. session, 'floor', 'floor_until', 'h', 'day', 'at', 'pt', 'en')
local clicks, tat, request_tat, watermark = tonumber(read[1]), tonumber(read[2]), tonumber(read[3]), tonumber(read[4])
local recovery_floor, floor_until_ms, hidden, last_day, tapped_ms = read[5], read[6], read[7], read[8], read[9]
local paid_taps, energy = tonumber(read[10]) or 0, energy_tat(read[11], tapped_ms, now_ms)
if not clicks then return {-1} end
if not watermark then
  if redis.call('HEXISTS', player, 'e:' .. session) == 1 then return {-3} end
  return {-2}
end

-- A flood is turned away before it costs anything more. Where the clock was set back, what was used up is over but for
-- one request.
local request_wait_us
request_tat, request_wait_us = gcra(request_tat or 0, now_us, request_us, request_burst_us, now_us - request_us)
if request_wait_us > 0 then return {-4, math.ceil(request_wait_us / 1000)} end

-- Where the last tap lies in the future, it counts as made now: the allowance is what it was then.
local ahead_us = math.max(0, (tapped_ms or 0) * 1000 - now_us)
tat = math.min(tat - ahead_us, now_us)

-- A session's taps are never more than the callbacks made up to the last counted update: of two such pairs the larger
-- numbers are one again, and so are they after a callback that is newer than both.
local counted_id
if update_id then
  update_id = tonumber(update_id)
  local counted = redis.call('HMGET', player, 'u', 'u_at')
  local counted_at_ms = tonumber(counted[2])
  if counted[1] and now_ms - counted_at_ms < tonumber(update_kept_ms) then counted_id = tonumber(counted[1]) end
  if counted_at_ms and counted_at_ms > now_ms then redis.call('HSET', player, 'u_at', now_ms) end
  taps, counted_id = math.max(taps, watermark), math.max(counted_id or -1, tonumber(shown_update_id))
  if update_id > counted_id then taps, counted_id = taps + 1, update_id end
end

-- The allowance never reaches back further than the burst, unless the player was just reloaded after a loss: then it
-- reaches back to the last sync, to credit honest taps again.
local new, accepted, paid = taps - watermark, 0, 0
if new > 0 then
  if recovery_floor and now_ms < tonumber(floor_until_ms) then
    burst_us = math.max(burst_us, now_us - (recovery_floor - ahead_us))
  end
  tat, accepted = gcra(tat, now_us, tap_us, burst_us, nil, new)
  clicks, watermark = clicks + accepted, taps
  energy, paid = gcra(energy, now_ms, energy_tap_ms, energy_full_ms, nil, accepted)
  paid_taps = paid_taps + paid
end

local game = redis.call('HMGET', meta, 'total', 'o_clicks', 'version', 'flush', 'gate', 'window', 'epoch')
local total, others_clicks, version = tonumber(game[1]) or 0, tonumber(game[2]) or 0, tonumber(game[3]) or 0
local flush_ms, next_claim_at, last_window, epoch = tonumber(game[4]) or 1000, game[5], tonumber(game[6]), game[7]
local due, window, left_ms = 0, 0, 0

if new > 0 then
  if accepted > 0 then
    -- The first tap of a day: the clicks so far are the base of the periods that start with it, and what was done
    -- in those that are over is recorded. Where the clock was set back, what was done in a period that has not come yet
    -- goes to the current one; by less than a minute it changes nothing, as servers' clocks differ.
    local today, day = math.floor(now_ms / 86400000), tonumber(last_day)
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
      local per = {before, before, before, 0, 0, 0, 0, 0, 0, 0, 0, 0, month(today), before, 0, 0, 0}
      if day then
        local was, i = redis.call('HGET', player, 'per') or '', 0
        local now = {today, math.floor((today + 3) / 7), per[13], math.floor(per[13] / 12)}
        for number in string.gmatch(was, '%-?%d+') do i = i + 1; per[i] = number end
        local year = math.floor(per[13] / 12)
        if i < 17 then  -- an older release's: the year begins where what is known of it does
          per[14], per[15], per[16], per[17] = per[3], 0, 0, 0
          if math.floor(per[10] / 12) == year then per[14] = per[3] - per[11] end
        end
        local bases, lasts = {1, 2, 3, 14}, {4, 7, 10, 15}
        for kind, number in ipairs({day, math.floor((day + 3) / 7), tonumber(per[13]), year}) do
          local base, last = bases[kind], lasts[kind]  -- number, clicks and time of the last period of this kind
          if number > now[kind] then
            if tonumber(per[last]) >= now[kind] then
              if tonumber(per[last]) == now[kind] then per[base] = per[base] - per[last + 1] end
              per[last], per[last + 1], per[last + 2] = 0, 0, 0
            end
          elseif number < now[kind] then
            per[last], per[last + 1], per[last + 2] = number, before - per[base], tapped_ms
            per[base] = before
          end
        end
        per[13] = now[3]
      end
      redis.call('HSET', player, 'day', today, 'per', table.concat(per, ':'))
    end
    if not hidden then
      total = redis.call('HINCRBY', meta, 'total', accepted)
      redis.call('ZADD', board, score_of(clicks, now_ms), id)
    end
  end
  redis.call('HSET', player, 'c', clicks, 'spent', tat, 'rq', request_tat, 'w:' .. session, watermark, 'at', now_ms,
    'pt', paid_taps, 'en', energy)
  if counted_id then redis.call('HSET', player, 'u', counted_id, 'u_at', now_ms) end
  -- A crowd that is asked to send only once a window is saved once a window: sooner would save it in parts, twice over.
  if redis.call('SADD', dirty, id) == 1 and flush_ms < tonumber(window_ms)
      and sync_at_dirty > 0 and redis.call('SCARD', dirty) >= sync_at_dirty then due = 1 end
  local this = math.floor(now_ms / window_ms)
  if this ~= last_window then
    window, left_ms = this, (this + 1) * window_ms - now_ms
    redis.call('HSET', meta, 'window', this)
  end
else
  redis.call('HSET', player, 'rq', request_tat)
end
redis.call('ZADD', sessions, now_ms, id .. ':' .. session)

if not epoch then due = 2 end
if due > 0 then
  local wait_ms, gap_ms = (tonumber(next_claim_at) or 0) - now_ms, math.max(claim_gap_ms, flush_ms)
  if wait_ms > 0 and wait_ms <= gap_ms then
    due = 0
  else
    redis.call('HSET', meta, 'gate', now_ms + gap_ms)
  end
end

return {1, watermark, accepted, clicks, total + others_clicks, version, flush_ms, due, window, left_ms,
        paid_taps, math.max(0, energy + energy_full_ms - now_ms), counted_id}
