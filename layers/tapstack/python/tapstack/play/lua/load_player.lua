-- Loads a player from DynamoDB into the live state, once; a player who is there already stays as is.
--
-- KEYS  1 player  2 meta  3 board  4 active  5 sessions  6 ended  7 erased  8 hidden  9 ticket
--                                                                               (one hash tag: the bucket)
-- ARGV  1 now in ms, 0 for the server's own clock   2 player id   3 clicks   4 TAT of the taps in us   5 last tap in ms
--       6 how long clients have to send their counts again, in ms   7 the furthest the allowance reaches back, in us
--       8 the last day that taps counted on, '' for none   9 the player's `per` of that day (rules/periods.py)
--       10 the update id of the last tap callback that was counted, '' for none   11 when that was, in ms
--       12 the ticket that was taken before the player was read, '' for counts that are nowhere else
--       13 what a newer release has saved of the player (newer.py), '' for nothing   14 how many fields of the hash it
--       has saved that this release doesn't know   15 paid taps   16 TAT of the energy in ms
--       then two per such field: name, value
--       then five per session: 'w' (open) or 'e' (ended)   session key   taps   started in ms   ended in ms
-- Returns 1 loaded, 0 was there, -1 has been erased since the caller looked,
--         -8 the ticket has ended: what was read may be stale, so read it again
-- Keeps: the bucket's total is the sum of the clicks on its board, each player counted once.

-- include platform/shared/clock
-- include play/shared/energy
-- include play/shared/score
local player, meta, board, active, sessions = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local ended, erased, hidden, ticket_key = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local now_ms, id, clicks = clock_ms(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local saved_tat, saved_at_ms = tonumber(ARGV[4]), tonumber(ARGV[5])
local grace_ms, recovery_us = tonumber(ARGV[6]), tonumber(ARGV[7])
local day, per, update_id, counted_at_ms, ticket = ARGV[8], ARGV[9], ARGV[10], tonumber(ARGV[11]), ARGV[12]
local newer, unknown_fields, paid_taps, saved_energy = ARGV[13], tonumber(ARGV[14]), ARGV[15], ARGV[16]
local FIRST_UNKNOWN = 17
local FIRST_SESSION = FIRST_UNKNOWN + 2 * unknown_fields

if redis.call('EXISTS', player) == 1 then return 0 end
if redis.call('ZSCORE', erased, id) then return -1 end
if ticket ~= '' and redis.call('GET', ticket_key) ~= ticket then return -8 end

-- A last tap in the future counts as made now, with the allowance that was left then: the clock has been set back.
local at_ms = math.min(saved_at_ms, now_ms)
local tat = math.min(saved_tat - (saved_at_ms - at_ms) * 1000, now_ms * 1000)
for i = FIRST_UNKNOWN, FIRST_SESSION - 1, 2 do redis.call('HSET', player, ARGV[i], ARGV[i + 1]) end
if newer ~= '' then redis.call('HSET', player, 'x', newer) end
local open = 0
for i = FIRST_SESSION, #ARGV, 5 do
  local state, session, taps, started_ms, ended_ms = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]
  if state == 'w' then
    open = open + 1
    redis.call('HSET', player, 'w:' .. session, taps, 'b:' .. session, started_ms)
    redis.call('ZADD', sessions, now_ms, id .. ':' .. session)
  else
    redis.call('HSET', player, 'e:' .. session, taps .. ':' .. started_ms .. ':' .. ended_ms)
  end
end
redis.call('HSETNX', meta, 'saved_to', now_ms)
redis.call('HSET', player, 'c', clicks, 'spent', tat, 'at', at_ms, 'n', open,
  'pt', paid_taps, 'en', energy_tat(saved_energy, saved_at_ms, now_ms))
if day ~= '' then redis.call('HSET', player, 'day', day, 'per', per) end
if update_id ~= '' then redis.call('HSET', player, 'u', update_id, 'u_at', math.min(counted_at_ms, now_ms)) end
if open > 0 then
  -- only a loss leaves open sessions behind: an evicted player has none
  redis.call('HSET', player, 'floor', math.max(tat, now_ms * 1000 - recovery_us), 'floor_until', now_ms + grace_ms)
  redis.call('SADD', active, id)
else
  redis.call('SADD', ended, id)
end

if redis.call('SISMEMBER', hidden, id) == 1 then
  redis.call('HSET', player, 'h', 1)
  return 1
end
local score = redis.call('ZSCORE', board, id)
local counted = score and math.floor(tonumber(score)) or 0
if clicks ~= counted then redis.call('HINCRBY', meta, 'total', clicks - counted) end
if not score or clicks ~= counted then redis.call('ZADD', board, score_of(clicks, at_ms), id) end
return 1
