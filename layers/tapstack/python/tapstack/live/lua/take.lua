-- Takes what a room has not pushed yet, for the one who has claimed it (append.lua).
--
-- KEYS  1 meta  2 log  3 members                                                 (one hash tag: the room)
-- ARGV  1 now in ms, 0 for the server's own clock   2 pushes a second to this room
-- Returns {epoch, {members...}, {{id, fields}...}}; {} where there is no such room any more. Atomic: all of it.

-- include platform/shared/clock
-- include live/shared/members
local meta, log, members = KEYS[1], KEYS[2], KEYS[3]
local now_ms, per_s = clock_ms(ARGV[1]), tonumber(ARGV[2])

local found = redis.call('HMGET', meta, 'epoch', 'seq', 'pushed')
if not found[1] then return {} end
local there = present(members, now_ms)
local after = tonumber(found[3]) or 0
local entries = redis.call('XRANGE', log, string.format('%.0f-2', after), '+')
redis.call('HSET', meta, 'pushed', found[2], 'next', now_ms + math.ceil(#there * 1000 / per_s))
redis.call('HDEL', meta, 'claimed')
return {found[1], there, entries}
