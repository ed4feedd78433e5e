-- 1 where the caller has to wake the sender, which is neither at work nor was woken a moment ago; else 0.
local function wakes_sender(state, now_ms, wake_gap_ms)
  local sender = redis.call('HMGET', state, 'awake', 'woken')
  local awake_until_ms, next_wake_at = tonumber(sender[1]) or 0, tonumber(sender[2]) or 0
  if now_ms < awake_until_ms or now_ms < next_wake_at then return 0 end
  redis.call('HSET', state, 'woken', now_ms + wake_gap_ms)
  return 1
end
