-- Removes messages from a room: all of an author's, or one.
--
-- KEYS  1 log                                                                    (one hash tag: the room)
-- ARGV  1 author, "" for anybody   2 seq, 0 for all
-- Returns the numbers of those that were removed. Atomic: all of it.

local log, author, seq = KEYS[1], ARGV[1], tonumber(ARGV[2])

local removed = {}
for _, entry in ipairs(redis.call('XRANGE', log, '-', '+')) do
  local fields = {}
  for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end
  local number = tonumber(string.match(entry[1], '^%d+'))
  if (author == '' or fields.a == author) and fields.a ~= '' and (seq == 0 or number == seq) then
    redis.call('XDEL', log, entry[1])
    removed[#removed + 1] = number
  end
end
return removed
