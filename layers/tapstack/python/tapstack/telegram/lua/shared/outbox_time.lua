-- The outbox's own time in ms. All that the outbox remembers goes by it: dues, pauses, rates, who is awake, in flight.
--
-- It goes on as the server's clock does, but that may be wrong for a while and be put right again: where the clock goes
-- back, this time stands still until it goes on. Where the clock has jumped ahead by more than two minutes, it was set,
-- or nobody has called, though the schedule does every minute: that counts as three seconds, so that a dead sender can
-- be replaced (AWAKE_MS) and nothing in flight is taken again. So a call comes after the delay that it was put in with,
-- and none waits until a wrong clock would have been right.
--
-- state   the hash that keeps it: `clock`, the server's clock at the last call, and `time`, this time
-- now_ms  the server's clock
local function outbox_time(state, now_ms)
  local known = redis.call('HMGET', state, 'clock', 'time')
  local step = now_ms - (tonumber(known[1]) or now_ms)
  if step < 0 then step = 0 elseif step > 120000 then step = 3000 end
  local time = (tonumber(known[2]) or now_ms) + step
  redis.call('HSET', state, 'clock', now_ms, 'time', time)
  return time
end
