-- Records a connection of a player, or that it is still there.
--
-- KEYS  1 connections of the player                                              (one hash tag: the player)
-- ARGV  1 now in ms, 0 for the server's own clock   2 connection   3 ms that it counts as present   4 the most of them
-- Returns those that are too many, the oldest: they are recorded no more. Atomic: all of it.

-- include platform/shared/clock
local connections = KEYS[1]
local now_ms, connection, stay_ms, most = clock_ms(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

redis.call('ZREMRANGEBYSCORE', connections, '-inf', now_ms)
redis.call('ZADD', connections, now_ms + stay_ms, connection)
redis.call('PEXPIRE', connections, stay_ms)
local too_many = redis.call('ZRANGE', connections, 0, -1 - most)
for _, other in ipairs(too_many) do redis.call('ZREM', connections, other) end
return too_many
