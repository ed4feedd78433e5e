-- Gives out the ticket that a caller takes before it reads a player in DynamoDB, and shows when it brings what it read.
--
-- KEYS  1 ticket  2 erased                                                      (one hash tag: the bucket)
-- ARGV  1 a ticket that never was, for where there is none   2 ms that it is good for   3 player id
-- Returns the ticket: all who read at the same time hold the same one
-- It ends when something of the player has been dropped here because DynamoDB has it (settle_player.lua), when the
-- player is erased, and with a lost Redis: what was read under it may be old by then.
-- Of an erased player nothing is kept: theirs is good for nothing.

if redis.call('ZSCORE', KEYS[2], ARGV[3]) then return ARGV[1] end
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return ARGV[1] end
return redis.call('GET', KEYS[1])
