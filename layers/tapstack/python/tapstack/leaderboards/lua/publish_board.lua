-- Publishes a board, unless one of a later version is published: so a version names one board, whoever computes it.
--
-- KEYS  1 the published board
-- ARGV  1 the board as JSON   2 its version   3 the version of the board that it was computed after, 0 for none
-- Returns 1, or 0 where another caller has published a later version or another board of the same one
-- Atomic: the comparison and the write.

local key = KEYS[1]
local new, version, computed_after = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local readable, published = pcall(cjson.decode, redis.call('GET', key) or '')
local current = readable and type(published) == 'table' and tonumber(published.version) or -1
if version < current or (version == current and computed_after ~= current) then return 0 end
redis.call('SET', key, new)
return 1
