-- Puts players on a board that has lost them, as DynamoDB knows them; whoever is there already stays as is.
--
-- KEYS  1 board  2 meta  3 erased  4 hidden                                     (one hash tag: the bucket)
-- ARGV  1 token of who rebuilds this board, '' for counts that are nowhere else   then three per player: id, clicks, when the count was reached in ms
-- Returns the number of players added; none where Redis has been lost since the rebuild began: what was read may be old
-- Keeps: the bucket's total is the sum of the clicks on its board, each player counted once.

if ARGV[1] ~= '' and redis.call('HGET', KEYS[2], 'rebuilder') ~= ARGV[1] then return 0 end
local added = 0
for i = 2, #ARGV, 3 do
  local clicks = tonumber(ARGV[i + 1])
  local score = clicks + 1 - (ARGV[i + 2] - 1735689600000) / 2199023255552
  if not redis.call('ZSCORE', KEYS[3], ARGV[i]) and redis.call('SISMEMBER', KEYS[4], ARGV[i]) == 0
    and redis.call('ZADD', KEYS[1], 'NX', score, ARGV[i]) == 1 then
    added = added + 1
    redis.call('HINCRBY', KEYS[2], 'total', clicks)
  end
end
return added
