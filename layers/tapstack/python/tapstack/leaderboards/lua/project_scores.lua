-- Puts players on the boards of a metric, with scores that somebody has computed from what the players have.
--
-- KEYS  1 erased  2 hidden   then the boards                                    (one hash tag: the bucket)
-- ARGV  1 and so on, one per board: how many ms it stays from now on, 0 for good
--       then three per row: which of the boards, from 1; score; player id
-- Returns the number of rows that were new, or higher than what was there
-- A score only ever rises: totals only grow, and of two times for one total the first stays. So whatever is projected
-- again, late or in another order changes nothing.

local erased, hidden = KEYS[1], KEYS[2]
local OTHER_KEYS = 2
local boards = #KEYS - OTHER_KEYS

local any_erased, any_hidden = redis.call('EXISTS', erased) == 1, redis.call('EXISTS', hidden) == 1
local raised, risen = 0, {}
for i = boards + 1, #ARGV, 3 do
  local number, score, id = tonumber(ARGV[i]), ARGV[i + 1], ARGV[i + 2]
  if not (any_erased and redis.call('ZSCORE', erased, id))
    and not (any_hidden and redis.call('SISMEMBER', hidden, id) == 1)
    and redis.call('ZADD', KEYS[OTHER_KEYS + number], 'GT', 'CH', score, id) == 1 then
    raised, risen[number] = raised + 1, true
  end
end
for number in pairs(risen) do
  local kept_ms = ARGV[number]
  if kept_ms ~= '0' then redis.call('PEXPIRE', KEYS[OTHER_KEYS + number], kept_ms) end
end
return raised
