-- For wrk with one thread: requests of many players, in turn.
--
-- argv: method, path, file with one player a line (a header line, a tab, a body), first count, ms to wait before each
-- request. In a body @N becomes what the player has tapped so far, 3 more each time, and @U a number that never comes
-- again.

function init(args)
  method, path = args[1], args[2]
  headers, bodies = {}, {}
  for line in io.lines(args[3]) do
    local header, body = line:match('^(.-)\t(.*)$')
    local sent = { ['Content-Type'] = 'application/json' }
    local name, value = header:match('^(.-): (.*)$')
    if name then sent[name] = value end
    headers[#headers + 1], bodies[#bodies + 1] = sent, body
  end
  turn, taps = 0, tonumber(args[4])
  unique = taps * 1000
  local wait_ms = tonumber(args[5])
  if wait_ms > 0 then delay = function() return wait_ms end end
end

function request()
  turn = turn + 1
  if turn > #headers then turn, taps = 1, taps + 3 end
  unique = unique + 1
  local body = bodies[turn]
  if body ~= '' then body = body:gsub('@N', taps):gsub('@U', unique) end
  return wrk.format(method, path, headers[turn], body ~= '' and body or nil)
end

function done(summary, latency)
  local e = summary.errors
  print(string.format('RESULT %d %d %d %d %d', summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
