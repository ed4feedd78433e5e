-- What happened in a room since somebody looked; and puts a connection into it, or keeps it there.
--
-- KEYS  1 meta  2 log  3 members                                                 (one hash tag: the room)
-- ARGV  1 now in ms, 0 for the server's own clock   2 the epoch of a new room   3 ms to keep the room
--       4 member, "" to look only   5 ms that it counts as present   6 1 to keep it there if it is, 0 to put it there
--       7 the most members   8 epoch that the caller knows   9 seq that it knows, -1 for no events
-- Returns {1, epoch, seq, players, {{id, fields}...}}; {0} where the room is full, or it is not there to be kept.
-- Atomic: all of it.

-- include platform/shared/clock
-- include live/shared/room
-- include live/shared/members
local meta, log, members = KEYS[1], KEYS[2], KEYS[3]
local now_ms, fresh, keep_ms = clock_ms(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local member, stay_ms, only_keep, most = ARGV[4], tonumber(ARGV[5]), ARGV[6] == '1', tonumber(ARGV[7])
local known_epoch, after = ARGV[8], tonumber(ARGV[9])

local there = present(members, now_ms)
if member ~= '' then
  local is_there = redis.call('ZSCORE', members, member)
  if not is_there and (only_keep or #there >= most) then return {0} end
  redis.call('ZADD', members, now_ms + stay_ms, member)
  redis.call('PEXPIRE', members, stay_ms)
  if not is_there then there[#there + 1] = member end
end
local epoch, seq = begin_room(meta, log, fresh, keep_ms)
local entries = {}
if after >= 0 then
  if known_epoch ~= epoch then after = 0 end
  entries = redis.call('XRANGE', log, string.format('%.0f-2', after), '+')
end
return {1, epoch, seq, players_of(there), entries}
