-- Spends the allowance of one message that is not in the outbox, if there is room for it now.
--
-- KEYS  1 chats  2 state                                                                     (one hash tag)
-- ARGV  1 now in ms, 0 for the server's own clock   2 chat   3 us per message   4 burst in us
--       5 ms per message of this chat   6 ms that this chat may be ahead of its rate
-- Returns ms to wait; 0 where it is spent. Atomic: all of it.

-- include platform/shared/clock
-- include platform/shared/gcra
-- include telegram/shared/outbox_time
local chats, state = KEYS[1], KEYS[2]
local now_ms = outbox_time(state, clock_ms(ARGV[1]))
local chat, cost_us, burst_us = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local chat_gap_ms, ahead_ms = tonumber(ARGV[5]), tonumber(ARGV[6])

local read = redis.call('HMGET', state, 'spent', 'paused')
local stored_tat, paused_until_ms = tonumber(read[1]) or 0, tonumber(read[2]) or 0
if now_ms < paused_until_ms then return paused_until_ms - now_ms end
local tat, wait_us = gcra(stored_tat, now_ms * 1000, cost_us, burst_us)
local free_at_ms = math.max(tonumber(redis.call('ZSCORE', chats, chat)) or 0, now_ms)
local wait_ms = math.max(math.ceil(wait_us / 1000), free_at_ms - now_ms - ahead_ms)
if wait_ms > 0 then return wait_ms end
redis.call('HSET', state, 'spent', tat)
redis.call('ZADD', chats, free_at_ms + chat_gap_ms, chat)
return 0
