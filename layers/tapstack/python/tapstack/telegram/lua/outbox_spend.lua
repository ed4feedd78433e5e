-- Spends the allowance of one message that is not in the outbox, if there is room for it now.
--
-- KEYS  1 chats  2 gate                                                                      (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 chat   3 us per message   4 burst in us
--       5 ms per message of this chat   6 ms that this chat may be ahead of its rate
-- Returns ms to wait; 0 where it is spent. Atomic: all of it.

-- include telegram/shared/outbox_time
local now_ms = outbox_time(KEYS[2], tonumber(ARGV[1]))
local gate = redis.call('HMGET', KEYS[2], 'spent', 'paused')
local paused = tonumber(gate[2]) or 0
if now_ms < paused then return paused - now_ms end
local spent = math.max(tonumber(gate[1]) or 0, now_ms * 1000 - ARGV[4]) + ARGV[3]
local wait = math.ceil(spent / 1000 - now_ms)
local free = math.max(tonumber(redis.call('ZSCORE', KEYS[1], ARGV[2])) or 0, now_ms)
wait = math.max(wait, free - now_ms - ARGV[6])
if wait > 0 then return wait end
redis.call('HSET', KEYS[2], 'spent', spent)
redis.call('ZADD', KEYS[1], free + ARGV[5], ARGV[2])
return 0
