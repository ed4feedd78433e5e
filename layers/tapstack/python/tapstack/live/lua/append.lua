-- Appends an event to a room and says who is to push it.
--
-- KEYS  1 meta  2 log  3 members  4 TAT of the author in us  5 what was said under the op
--       6 the latest number of the author's that nobody hears of                 (one hash tag: the room)
-- ARGV  1 now in ms, 0 for the server's own clock   2 the epoch of a new room   3 event   4 author, "" for nobody
--       5 1 where there is an op   6 us per message, 0 for no limit   7 burst in us   8 pushes a second to this room
--       9 events to keep   10 ms to keep the room   11 ms to keep the op   12 1 where nobody is to hear of it
-- Returns {who pushes, epoch, seq, at in ms, wait in ms, members...}; who: 1 the caller now, 2 the caller after the
-- wait, 3 somebody who waits already, 0 nobody, for the op was here before or nobody is to hear of it, -1 refused: too
-- fast, after the wait.
-- Atomic: all of it. A room's pushes are spread so that there are no more of them a second than ARGV 8; meanwhile events
-- collect, and one caller pushes them all (take.lua). A claim ends by itself, so that a dead caller stops nothing.
-- What nobody is to hear of has the author's pace and op, and the numbers that it would have; the room stays as it is.

-- include platform/shared/clock
-- include platform/shared/gcra
-- include live/shared/room
-- include live/shared/members
local meta, log, members, tat_key, op_key, unheard_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local now_ms, fresh, event, author, has_op = clock_ms(ARGV[1]), ARGV[2], ARGV[3], ARGV[4], ARGV[5] == '1'
local cost_us, burst_us, per_s = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local keep, keep_ms, op_ms = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local is_unheard = ARGV[12] == '1'

local epoch, seq = begin_room(meta, log, fresh, keep_ms)
if has_op then
  local before = redis.call('HMGET', op_key, 'epoch', 'seq', 'at')
  if before[1] == epoch then return {0, epoch, tonumber(before[2]), tonumber(before[3]), 0} end
end
if cost_us > 0 then
  local now_us = now_ms * 1000
  local tat, wait_us = gcra(tonumber(redis.call('GET', tat_key)) or 0, now_us, cost_us, burst_us, 0)
  if wait_us > 0 then return {-1, epoch, seq, now_ms, math.ceil(wait_us / 1000)} end
  local back_ms = math.ceil((tat - now_us + burst_us) / 1000)
  redis.call('SET', tat_key, string.format('%.0f', tat), 'PX', math.max(1, back_ms))
end

if is_unheard then
  seq = math.max(seq, tonumber(redis.call('GET', unheard_key)) or 0) + 1
  redis.call('SET', unheard_key, seq, 'PX', op_ms)
else
  seq = redis.call('HINCRBY', meta, 'seq', 1)
  redis.call('XADD', log, 'MAXLEN', keep, seq .. '-1', 'e', event, 'a', author, 't', now_ms)
  redis.call('PEXPIRE', log, keep_ms)
  while true do -- what its author has said elsewhere is known for twice keep_ms (`spoken`): nothing stays for longer
    local oldest = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
    if not oldest or tonumber(oldest[2][6]) > now_ms - keep_ms then break end
    redis.call('XDEL', log, oldest[1])
  end
end
if has_op then
  redis.call('HSET', op_key, 'epoch', epoch, 'seq', seq, 'at', now_ms)
  redis.call('PEXPIRE', op_key, op_ms)
end
if is_unheard then return {0, epoch, seq, now_ms, 0} end

local found = redis.call('HMGET', meta, 'claimed', 'next')
local claimed_ms, next_ms = tonumber(found[1]) or 0, tonumber(found[2]) or 0
if claimed_ms > now_ms and claimed_ms <= now_ms + 5000 then return {3, epoch, seq, now_ms, 0} end
local there = present(members, now_ms)
local wait_ms = math.min(next_ms - now_ms, 1000)
if wait_ms > 0 then
  redis.call('HSET', meta, 'claimed', now_ms + wait_ms + 2000)
  return {2, epoch, seq, now_ms, wait_ms}
end
local answer = {1, epoch, seq, now_ms, 0}
for _, member in ipairs(there) do answer[#answer + 1] = member end
redis.call('HSET', meta, 'pushed', seq, 'next', now_ms + math.ceil(#there * 1000 / per_s))
return answer
