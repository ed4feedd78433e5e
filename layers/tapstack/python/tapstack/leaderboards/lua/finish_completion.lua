-- Records that a bucket's boards by metric are complete up to a day.
--
-- KEYS  1 completion in progress  2 complete                                    (one hash tag: the bucket)
-- ARGV  1 token of the completion   2 the day
-- Returns 1 done, 0 another completion is in progress, or Redis was lost since: part of the boards is missing

local in_progress, complete = KEYS[1], KEYS[2]
local token, day = ARGV[1], ARGV[2]

if redis.call('GET', in_progress) ~= token then return 0 end
redis.call('SET', complete, day)
return redis.call('DEL', in_progress)
