-- For wrk: requests of many players, each thread's own share of them, in turn.
--
-- argv: method, path, file with one player a line: a header line, a tab, a body. In a body @N becomes what the player
-- has tapped so far, 3 more each time, and @U a number that never comes again.

local threads = 0
function setup(thread)
  thread:set('number', threads)
  threads = threads + 1
end

function init(args)
  method, path = args[1], args[2]
  headers, bodies = {}, {}
  local at = 0
  for line in io.lines(args[3]) do
    if at % tonumber(args[4]) == number then
      local header, body = line:match('^(.-)\t(.*)$')
      headers[#headers + 1] = { ['Content-Type'] = 'application/json' }
      local name, value = header:match('^(.-): (.*)$')
      if name then headers[#headers][name] = value end
      bodies[#bodies + 1] = body
    end
    at = at + 1
  end
  turn, taps, unique = 0, tonumber(args[5]), tonumber(args[5]) * 1000 + number
end

function request()
  turn = turn + 1
  if turn > #headers then turn, taps = 1, taps + 3 end
  unique = unique + 16
  local body = bodies[turn]
  if body ~= '' then body = body:gsub('@N', taps):gsub('@U', unique) end
  return wrk.format(method, path, headers[turn], body ~= '' and body or nil)
end


function done(summary, latency)
  local e = summary.errors
  print(string.format('RESULT %d %d %d %d %d', summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
