-- Puts players on a board that has lost them, as DynamoDB knows them; players who are there already stay as is.
--
-- KEYS  1 board  2 meta  3 erased  4 hidden                                     (one hash tag: the bucket)
-- ARGV  1 token of the recovery, '' for counts that are nowhere else
--       then three per player: id, clicks, when the count was reached in ms
-- Returns the number of players added; none where Redis has been lost since the recovery began: the counts may be stale
-- Keeps: the bucket's total is the sum of the clicks on its board.

-- include play/shared/score
local board, meta, erased, hidden = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local token = ARGV[1]

if token ~= '' and redis.call('HGET', meta, 'rebuilder') ~= token then return 0 end
local added = 0
for i = 2, #ARGV, 3 do
  local id, clicks, at_ms = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  if not redis.call('ZSCORE', erased, id) and redis.call('SISMEMBER', hidden, id) == 0
    and redis.call('ZADD', board, 'NX', score_of(clicks, at_ms), id) == 1 then
    added = added + 1
    redis.call('HINCRBY', meta, 'total', clicks)
  end
end
return added
