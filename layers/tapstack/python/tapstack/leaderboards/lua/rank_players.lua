-- Puts players on the board of one day, week or month, with the score that their own counts give them.
--
-- KEYS  1 board of the period  2 erased  3 hidden  4 newcomers, of a week only   (one hash tag: the bucket)
-- ARGV  1 ms that the board stays after this   then two per player: score, id
-- Returns the number of players looked at
-- A score only ever rises: clicks in a period never fall, and of two times for one count the first stays. So a stale
-- count changes nothing, and any number of callers may write at once, in any order.
-- Newcomers are who was not on the board yet: the league has to look at them (league/keeping.py).

local board, erased, hidden, newcomers = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local kept_ms = ARGV[1]

local any_erased, any_hidden = redis.call('EXISTS', erased) == 1, redis.call('EXISTS', hidden) == 1
for i = 2, #ARGV, 2 do
  local score, id = ARGV[i], ARGV[i + 1]
  if not (any_erased and redis.call('ZSCORE', erased, id))
    and not (any_hidden and redis.call('SISMEMBER', hidden, id) == 1) then
    if redis.call('ZADD', board, 'GT', score, id) == 1 and newcomers then redis.call('SADD', newcomers, id) end
  end
end
redis.call('PEXPIRE', board, kept_ms)
if newcomers then redis.call('PEXPIRE', newcomers, kept_ms) end
return (#ARGV - 1) / 2
