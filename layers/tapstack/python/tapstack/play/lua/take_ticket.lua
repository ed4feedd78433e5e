-- Gives out the ticket that a caller takes before it reads a player in DynamoDB, and presents with what it read.
--
-- KEYS  1 ticket  2 erased                                                      (one hash tag: the bucket)
-- ARGV  1 a new ticket, in case there is none   2 ms that it is good for   3 player id
-- Returns the ticket: callers who read at the same time hold the same one
-- It ends when something of the player is dropped here because DynamoDB has it (evict_player.lua), when the player is
-- erased, and with a lost Redis: what was read under it may be stale by then.
-- Of an erased player nothing is kept: theirs is good for nothing.

local ticket, erased = KEYS[1], KEYS[2]
local new, good_for_ms, id = ARGV[1], ARGV[2], ARGV[3]

if redis.call('ZSCORE', erased, id) then return new end
if redis.call('SET', ticket, new, 'NX', 'PX', good_for_ms) then return new end
return redis.call('GET', ticket)
