-- Puts players on the board of one day, week or month, with the score that their own counts give them.
--
-- KEYS  1 board of the period  2 erased  3 hidden                               (one hash tag: the bucket)
-- ARGV  1 ms that the board stays after this   then two per player: score, id
-- Returns the number of players looked at
-- A score only ever rises: clicks in a period never fall, and of two times for one count the first stays. So old
-- news changes nothing, and any number may write at once, in any order.

local erased, hidden = redis.call('EXISTS', KEYS[2]) == 1, redis.call('EXISTS', KEYS[3]) == 1
for i = 2, #ARGV, 2 do
  local id = ARGV[i + 1]
  if not (erased and redis.call('ZSCORE', KEYS[2], id)) and not (hidden and redis.call('SISMEMBER', KEYS[3], id) == 1)
  then
    redis.call('ZADD', KEYS[1], 'GT', ARGV[i], id)
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return (#ARGV - 1) / 2
