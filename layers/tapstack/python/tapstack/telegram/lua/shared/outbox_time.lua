-- The outbox's own time in ms. All that the outbox remembers goes by it: dues, pauses, rates, who is awake, in flight.
--
-- It goes on as the server's clock does, but that may be wrong for a while and be put right again: where the clock goes
-- back, this time stands still until it goes on. Where the clock has gone on by more than two minutes at once, it was
-- set, or nobody has been here, though the schedule comes every minute: that counts as three seconds, so that a sender
-- that is gone can be replaced (AWAKE_MS) and nothing that is in flight is taken again. So a call comes after the
-- delay that it was put in with, and none waits until a wrong clock would have been right.
--
-- gate    the hash that has it: `clock`, what the server's clock was when anybody was here last, and `time`, this time
-- now_ms  the server's clock, 0 to ask for it
local function outbox_time(gate, now_ms)
  if now_ms == 0 then
    local t = redis.call('TIME')
    now_ms = t[1] * 1000 + math.floor(t[2] / 1000)
  end
  local known = redis.call('HMGET', gate, 'clock', 'time')
  local step = now_ms - (tonumber(known[1]) or now_ms)
  if step < 0 then step = 0 elseif step > 120000 then step = 3000 end
  local time = (tonumber(known[2]) or now_ms) + step
  redis.call('HSET', gate, 'clock', now_ms, 'time', time)
  return time
end
