"""The embedded FaaS runtime: runs template.yaml on one machine, without Docker.

    supervisor   starts, watches, reloads and stops everything      settings   .env and the environment
      stores       Redis, and MiniStack (emulator/)                 template   expansion, by extract*, intrinsics
      deploy       the template's tables and queues                 model      what comes out of it
      generation   one version of the code: server and events       miniapp    its build
      server       HTTP: intake, gateway, routes, proxy, static,    watch      edits
                   signin
      events       queues, schedules (when)                         testing    a game for tests
                   both invoke through loader

Children are `process`es that end with the supervisor (tether, orphans); it holds the public port (ports).
"""
