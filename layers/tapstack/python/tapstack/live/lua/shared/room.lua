-- A room's epoch and sequence; begins the room anew where it is not there, and keeps it for another while.
--
-- meta, log  keys of the room   fresh  the epoch that a new room gets   keep_ms  how long it stays without events
local function begin_room(meta, log, fresh, keep_ms)
  local found = redis.call('HMGET', meta, 'epoch', 'seq')
  local epoch, seq = found[1], tonumber(found[2]) or 0
  if not epoch then
    epoch, seq = fresh, 0
    redis.call('DEL', log)
    redis.call('HSET', meta, 'epoch', epoch, 'seq', 0, 'pushed', 0)
  end
  redis.call('PEXPIRE', meta, keep_ms)
  return epoch, seq
end
