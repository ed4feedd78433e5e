-- Publishes a board, unless one of a later version is published: so a version names one board, whoever computes it.
--
-- KEYS  1 the published board
-- ARGV  1 the board as JSON   2 its version   3 the version of the board that it was computed after, 0 for none
-- Returns 1, or 0 where another caller has published a later version or another board of the same one
-- Atomic: the comparison and the write.

local published = redis.call('GET', KEYS[1])
local readable, board = pcall(cjson.decode, published or '')
local current = readable and type(board) == 'table' and tonumber(board.version) or -1
local version = tonumber(ARGV[2])
if version < current or (version == current and tonumber(ARGV[3]) ~= current) then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
return 1
